// SPDX-License-Identifier: GPL-3.0-or-later

// Network files of every format, told apart by their first byte; what was read is written again and computed with.

#include "lab/network/infer.hpp"
#include "lab/network/read_network.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <array>
#include <cmath>

namespace {

using namespace cmq::lab;

void check_round_trip(Network const& network, NetworkFormat format) {
    auto const again = parse_network(to_text(network, format), format);
    CMQ_EXPECTS(again.network.nodes.size() == network.nodes.size());
    for (NetworkNode const& node : network.nodes) {
        bool found = false;
        for (NetworkNode const& other : again.network.nodes) {
            found = found || (other.name == node.name && other.table == node.table);
        }
        CMQ_EXPECTS(found ||
                    format == NetworkFormat::xdsl); // XML takes blanks off the ends of names
    }
}

void compute(Network const& network) {
    if (network.nodes.size() > 40) { // a fuzzer has other things to do
        return;
    }
    auto const found = infer(network, {}, {}, 1e6);
    for (double const p : found.beliefs.values) {
        CMQ_EXPECTS(p >= 0.0 && p <= 1.0 + 1e-9);
    }
    CMQ_EXPECTS(std::abs(found.beliefs.log_p_evidence) < 1e-6);
}

void read(std::string_view text, NetworkFormat format) {
    auto const read = parse_network(text, format);
    std::size_t numbers = 0;
    for (NetworkNode const& node : read.network.nodes) {
        numbers += node.table.size();
    }
    if (numbers > 100'000) {
        return;
    }
    for (NetworkFormat const one : {NetworkFormat::bif, NetworkFormat::net, NetworkFormat::xdsl}) {
        cmq::fuzz::refuse_or_read([&] { check_round_trip(read.network, one); });
    }
    compute(read.network);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    constexpr std::array formats{
        NetworkFormat::bif, NetworkFormat::net, NetworkFormat::xdsl, NetworkFormat::uai};
    auto const text = cmq::fuzz::text_of(data, size).substr(1);
    cmq::fuzz::refuse_or_read([&] { read(text, formats[data[0] % formats.size()]); });
    return 0;
}
