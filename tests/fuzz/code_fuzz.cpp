// SPDX-License-Identifier: GPL-3.0-or-later

// What instruments hand over, and lists of codes: the first byte chooses the reader. Packed files go to a program of their
// own, which is not watched here.

#include "casefile/lot_registry.hpp"
#include "lab/code/abif.hpp"
#include "lab/code/amplicon_reads.hpp"
#include "lab/code/match_trace.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/read_sample.hpp"
#include "lab/code/registry.hpp"
#include "lab/code/sanger_trace.hpp"
#include "tests/fuzz/fuzz_target.hpp"

#include <cmath>

namespace {

using namespace cmq::lab;

constexpr char const* code = "ACGTTGCATTGACCATGCAATCGGATCCAGTC";

void match_reads(std::string_view text) {
    auto const reads = parse_fastq(text);
    AmpliconLayout const layout{
        .forward = "ACGTTGCAAGTCCATGAGTC", .reverse = "TGACCTAGGATCGCTTAGCA", .umi = 10};
    auto const sample = read_sample(
        reads, {code}, layout, measure_read_errors(reads, layout), {.most_distance = 6});
    CMQ_EXPECTS(sample.matches.size() == reads.size());
}

void read_trace(std::span<std::byte const> bytes) {
    if (!is_abif(bytes)) {
        return;
    }
    auto const trace = read_sanger(bytes, "/nowhere");
    CMQ_EXPECTS(trace.bases.size() == trace.qualities.size());
    CMQ_EXPECTS(trace.good_begin <= trace.good_end && trace.good_end <= trace.bases.size());
    if (trace.bases.size() < 5000) {
        Registry registry;
        registry.lots.emplace_back();
        registry.lots.back().sequence = code;
        for (LotEvidence const& lot : match_trace(trace, registry).lots) {
            CMQ_EXPECTS(std::isfinite(lot.best_log10_lr));
        }
    }
}

void read_cycles(std::string_view text) {
    for (QpcrTarget const& target : measure_qpcr(parse_qpcr(text))) {
        CMQ_EXPECTS(!target.curve || std::isfinite(target.curve->slope));
        CMQ_EXPECTS(!target.poisson || target.poisson->copies > 0.0);
    }
}

void read_registry(std::string_view text) {
    if (text.size() < 20'000) {
        static_cast<void>(find_close_pairs(parse_code_list(text)));
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    if (size == 0) {
        return 0;
    }
    auto const text = cmq::fuzz::text_of(data + 1, size - 1);
    cmq::fuzz::refuse_or_read([&] {
        switch (data[0]) {
        case 'F':
            return match_reads(text);
        case 'T':
            return read_trace(std::as_bytes(std::span{data + 1, size - 1}));
        case 'Q':
            return read_cycles(text);
        case 'R':
            return read_registry(text);
        case 'L':
            static_cast<void>(cmq::casefile::parse_registry(text, "registry.toml"));
            return;
        default:
            return;
        }
    });
    return 0;
}
