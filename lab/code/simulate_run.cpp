// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_run.hpp"

#include "core/error.hpp"
#include "lab/code/simulate_fragments.hpp"
#include "lab/code/simulate_particles.hpp"
#include "lab/code/simulate_plate.hpp"
#include "lab/code/simulate_trace.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace cmq::lab {
namespace {

constexpr std::uint32_t task = 71;

/// What is special to each instrument, in the order of RunKind.
struct KindFacts {
    std::string_view name;
    std::string_view ending;
    std::optional<CodeKind> code;
    double amount = 1.0;
    double most_amount = 1.0;
    double error = 0.0;
    double most_error = 0.5;
};

constexpr std::array<KindFacts, 5> facts{
    {{"sanger", ".ab1", CodeKind::sequence, 1.0, 10.0, 0.001, 0.75},
     {"fragments", ".fsa", CodeKind::fragments, 1000.0, 30'000.0, 0.1, 10.0},
     {"amplicons", ".fastq", CodeKind::sequence, 100.0, 1e5, 0.003, 0.9},
     {"qpcr", ".csv", {}, 1000.0, 1e12, 0.15, 5.0},
     {"particles", ".csv", CodeKind::particle, 10.0, 1e4, 0.05, 0.5}}};

KindFacts const& facts_of(RunKind kind) {
    return facts[static_cast<std::size_t>(kind)];
}

void expect_in(double value, double least, double most, Words name) {
    if (!(value >= least && value <= most)) {
        throw Error{ErrorKind::domain,
                    {"{} : attendu de {} à {} ; trouvé : {}", "{}: expected {} to {}, found {}"},
                    Sentence{name},
                    least,
                    most,
                    value};
    }
}

void check(RunSettings const& settings) {
    KindFacts const& of = facts_of(settings.kind);
    expect_in(*settings.amount, 0.0, of.most_amount, {"la quantité", "the amount"});
    expect_in(*settings.error, 0.0, of.most_error, {"l’erreur", "the error"});
    expect_in(settings.contamination, 0.0, 1.0, {"la contamination", "the contamination"});
    expect_in(settings.inhibition, 0.0, 40.0, {"l’inhibition", "the inhibition"});
}

/// The lot of this name, which must have a code that the instrument reads.
Lot const& find_lot(std::string const& name, RunKind kind, Registry const& registry) {
    auto const lot = std::ranges::find(registry.lots, name, &Lot::name);
    if (lot == registry.lots.end()) {
        throw Error{ErrorKind::domain,
                    {"le registre n’a pas de lot « {} »", "the registry has no lot '{}'"},
                    name};
    }
    if (lot->kind != facts_of(kind).code) {
        throw Error{ErrorKind::domain,
                    {"{} : cet appareil ne lit pas le code de ce lot",
                     "{}: this instrument does not read the code of this lot"},
                    name};
    }
    return *lot;
}

Lot const& first_lot(RunKind kind, Registry const& registry) {
    auto const lot = std::ranges::find(registry.lots, facts_of(kind).code, [](Lot const& each) {
        return std::optional{each.kind};
    });
    if (lot == registry.lots.end()) {
        throw Error{ErrorKind::insufficient,
                    {"aucun lot du registre n’a de code que cet appareil lise",
                     "no lot of the registry has a code that this instrument reads"}};
    }
    return *lot;
}

/// Phred that an error is worth.
int quality_of(double error) {
    constexpr int most = 60;
    return error > 0.0
               ? std::clamp(static_cast<int>(std::lround(-10.0 * std::log10(error))), 1, most)
               : most;
}

/// A tube's file, and what it came to hold where that is a number of things.
struct TubeFile {
    std::string bytes;
    std::vector<std::uint64_t> drawn{};
};

TubeFile
read_tube(std::span<TubeLot const> tube, RunSettings const& settings, std::uint64_t tube_number) {
    Random random{settings.seed, task, tube_number};
    switch (settings.kind) {
    case RunKind::sanger:
        return {simulate_trace(tube, {.error = *settings.error}, random)};
    case RunKind::fragments:
        return {simulate_fragments(tube, {.instrument = {}, .sizing_sd = *settings.error}, random)};
    case RunKind::amplicons: {
        auto reads = simulate_reads(tube,
                                    {.layout = settings.layout,
                                     .reads = settings.reads,
                                     .error = *settings.error,
                                     .quality = *settings.quality},
                                    random);
        return {std::move(reads.fastq), std::move(reads.molecules)};
    }
    case RunKind::particles: {
        auto list =
            simulate_particles(tube, {.symbol_error = *settings.error, .alphabet = {}}, random);
        return {std::move(list.csv), std::move(list.particles)};
    }
    case RunKind::qpcr:
        break;
    }
    CMQ_EXPECTS(settings.kind != RunKind::qpcr); // one plate holds all tubes
    return {};
}

RunFile file_of(std::string const& name,
                std::string_view role,
                std::vector<TubeLot> const& tube,
                RunSettings const& settings,
                std::uint64_t tube_number) {
    TubeFile read = read_tube(tube, settings, tube_number);
    RunFile file{.name = name + std::string{facts_of(settings.kind).ending},
                 .role = role,
                 .content = {},
                 .bytes = std::move(read.bytes)};
    for (std::size_t i = 0; i < tube.size(); ++i) {
        file.content.push_back(
            {.lot = tube[i].lot->name,
             .amount = tube[i].amount,
             .drawn = i < read.drawn.size() ? std::optional{read.drawn[i]} : std::nullopt});
    }
    return file;
}

std::vector<RunFile> tube_files(RunSettings const& settings, Registry const& registry) {
    std::vector<TubeLot> sample;
    std::vector<TubeLot> blank;
    if (settings.lot) {
        sample.push_back({&find_lot(*settings.lot, settings.kind, registry), *settings.amount});
    }
    if (settings.contamination > 0.0) {
        TubeLot const stain{&find_lot(*settings.contaminant, settings.kind, registry),
                            settings.contamination * *settings.amount};
        sample.push_back(stain);
        blank.push_back(stain);
    }
    if (settings.is_exchanged) {
        std::swap(sample, blank);
    }
    TubeLot const known{&first_lot(settings.kind, registry), standard_amount(settings.kind)};
    return {file_of("sample", "sample", sample, settings, 0),
            file_of("negative", "negative", blank, settings, 1),
            file_of("positive", "positive", {known}, settings, 2)};
}

std::vector<RunFile> plate_files(RunSettings const& settings) {
    Random random{settings.seed, task, 0};
    auto const table = simulate_plate({.sample = "SIMULATED",
                                       .copies = *settings.amount,
                                       .contamination = settings.contamination * *settings.amount,
                                       .inhibition = settings.inhibition,
                                       .is_exchanged = settings.is_exchanged,
                                       .cycle_sd = *settings.error},
                                      random);
    std::vector<RunContent> const content{{.lot = "", .amount = *settings.amount, .drawn = {}}};
    return {{"plate.csv", "plate", content, to_qpcr_csv(table)},
            {"plate.rdml", "plate", content, to_rdml(table)}};
}

} // namespace

std::string_view name_of(RunKind kind) noexcept {
    return facts_of(kind).name;
}

std::optional<CodeKind> code_kind_of(RunKind kind) noexcept {
    return facts_of(kind).code;
}

double standard_amount(RunKind kind) noexcept {
    return facts_of(kind).amount;
}

double standard_error(RunKind kind) noexcept {
    return facts_of(kind).error;
}

SimulatedRun simulate_run(RunSettings settings, Registry const* registry) {
    CMQ_EXPECTS((registry == nullptr) == (settings.kind == RunKind::qpcr));
    CMQ_EXPECTS(settings.kind == RunKind::qpcr || settings.contamination <= 0.0 ||
                settings.contaminant);
    settings.amount = settings.amount.value_or(standard_amount(settings.kind));
    settings.error = settings.error.value_or(standard_error(settings.kind));
    settings.quality = settings.quality.value_or(quality_of(*settings.error));
    check(settings);
    auto files =
        settings.kind == RunKind::qpcr ? plate_files(settings) : tube_files(settings, *registry);
    return {.settings = std::move(settings), .files = std::move(files)};
}

} // namespace cmq::lab
