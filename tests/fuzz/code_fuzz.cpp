// SPDX-License-Identifier: GPL-3.0-or-later

// What instruments hand over, and lists of codes: the first byte chooses the reader. Packed files go to a program of their
// own, which is not watched here.

#include "casefile/lot_registry.hpp"
#include "lab/code/abif.hpp"
#include "lab/code/amplicon_reads.hpp"
#include "lab/code/call_alleles.hpp"
#include "lab/code/fragment_run.hpp"
#include "lab/code/match_fragments.hpp"
#include "lab/code/match_trace.hpp"
#include "lab/code/particle_list.hpp"
#include "lab/code/qpcr_curve.hpp"
#include "lab/code/qpcr_inhibition.hpp"
#include "lab/code/read_sample.hpp"
#include "lab/code/reader/unpack_rdml.hpp"
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

void size_run(Abif const& abif) {
    auto const run = to_fragment_run(abif);
    auto const profile = size_fragments(run, {});
    for (SizedDye const& dye : profile.dyes) {
        for (SizedPeak const& peak : dye.peaks) {
            CMQ_EXPECTS(std::isfinite(peak.peak.scan) && std::isfinite(peak.size.value_or(0.0)));
        }
    }
    Registry registry;
    registry.lots.emplace_back();
    registry.lots.back().kind = CodeKind::fragments;
    registry.lots.back().fragments = {120.0, 180.5, 260.0};
    auto const reading =
        match_fragments(fragments_of(profile), registry, model_of(profile, registry), 1);
    CMQ_EXPECTS(reading.false_match >= 0.0 && reading.false_match <= 1.0);
}

void read_kit(std::string_view text) {
    for (KitLocus const& locus : parse_kit(text)) {
        CMQ_EXPECTS(!locus.alleles.empty());
    }
}

void read_trace(std::span<std::byte const> bytes) {
    if (!is_abif(bytes)) {
        return;
    }
    // As the child hands it over: the child itself is not watched here.
    Abif const whole{bytes};
    auto const flat = flat_abif(whole);
    auto const abif = Abif::from_flat(std::as_bytes(std::span{flat}));
    CMQ_EXPECTS(abif.entries().size() == whole.entries().size());
    if (is_fragment_run(abif)) {
        return size_run(abif);
    }
    auto const trace = to_sanger(abif);
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
    auto const table = parse_qpcr(text);
    for (SampleInhibition const& sample : measure_inhibition(table, table.wells.front().target)) {
        CMQ_EXPECTS(sample.detected <= sample.wells);
    }
    for (QpcrTarget const& target : measure_qpcr(table)) {
        CMQ_EXPECTS(!target.curve || std::isfinite(target.curve->slope));
        CMQ_EXPECTS(!target.poisson || target.poisson->copies > 0.0);
    }
}

void read_rdml(std::string_view bytes) {
    std::string table;
    auto const status = unpack_rdml(bytes, [&](std::string_view text) {
        table += text;
        return true;
    });
    if (status == ReaderStatus::done) {
        read_cycles(table);
    }
}

void read_particles(std::string_view text) {
    Registry registry;
    registry.lots.emplace_back();
    registry.lots.back().kind = CodeKind::particle;
    registry.lots.back().text = "XK7QPM42";
    for (LotEvidence const& lot : match_particles(parse_particles(text), registry).lots) {
        CMQ_EXPECTS(std::isfinite(lot.best_log10_lr));
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
        case 'K':
            return read_kit(text);
        case 'P':
            return read_particles(text);
        case 'Z':
            return read_rdml(text);
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
