// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/read_codes.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/code/match_trace.hpp"
#include "lab/code/qpcr_table.hpp"
#include "lab/code/unpack_text.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"

#include <algorithm>
#include <span>

namespace cmq::pipeline {
namespace {

/// The sequences of a registry that reads can be matched with, and the lot of each.
struct Sequences {
    std::vector<std::string> codes;
    std::vector<std::size_t> lots;
};

[[noreturn]] void refuse_without_sequences() {
    throw Error{ErrorKind::insufficient,
                {"aucun lot du registre n’a de séquence : cette lecture ne peut lui être comparée",
                 "no lot of the registry has a sequence to compare this reading with"}};
}

Sequences sequences_of(lab::Registry const& registry) {
    Sequences sequences;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        lab::Lot const& lot = registry.lots[i];
        if (lot.kind != lab::CodeKind::sequence) {
            continue;
        }
        if (lot.sequence.size() > lab::longest_scanned_code) {
            throw Error{ErrorKind::unsupported,
                        {"le code de {} a plus de {} bases : trop long pour des lectures "
                         "d’amplicons",
                         "the code of {} has more than {} bases: too long for amplicon reads"},
                        lot.name,
                        lab::longest_scanned_code};
        }
        sequences.codes.push_back(lot.sequence);
        sequences.lots.push_back(i);
    }
    if (sequences.codes.empty()) {
        refuse_without_sequences();
    }
    return sequences;
}

std::size_t typical_length(std::span<lab::AmpliconRead const> reads) {
    std::vector<std::size_t> lengths(std::min<std::size_t>(reads.size(), 1000));
    for (std::size_t i = 0; i < lengths.size(); ++i) {
        lengths[i] = reads[i].bases.size();
    }
    auto const middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::ranges::nth_element(lengths, middle);
    return *middle;
}

lab::CodeReading to_reading(lab::AmpliconSample const& sample,
                            Sequences const& sequences,
                            lab::CodeReach const& reach,
                            std::string const& name) {
    lab::CodeReading reading;
    reading.sample = name;
    reading.read = sample.matches.size() - sample.no_primers;
    lab::FalseMatch const& all = reach.counted[reach.most_distance];
    reading.false_match = all.probability;
    reading.false_match_low = all.low;
    reading.false_match_high = all.high;
    for (lab::CodeCount const& count : sample.codes) {
        // The share of this one lot in what the whole registry lets through.
        std::size_t const at = std::min(count.distance, reach.counted.size() - 1);
        double const chance =
            reach.counted[at].probability / static_cast<double>(sequences.codes.size());
        reading.lots.push_back({.lot = sequences.lots[count.code],
                                .reads = count.reads,
                                .molecules = count.molecules,
                                .distance = count.distance,
                                .consensus = count.consensus,
                                .best_log10_lr = count.best_log10_lr,
                                .chance = chance,
                                .share = count.share});
    }
    return reading;
}

void match_amplicons(AmpliconFile& file, CodeRun& run, CodeFile& into) {
    auto const oriented = lab::orient_reverse(file.reads, run.layout);
    file.layout = oriented.layout;
    file.was_turned = oriented.was_turned;
    file.errors = lab::measure_read_errors(file.reads, file.layout);
    if (!run.registry) {
        return;
    }
    auto const sequences = sequences_of(*run.registry);
    if (!run.reach) {
        run.reach =
            lab::measure_reach(sequences.codes, file.layout, typical_length(file.reads), run.seed);
    }
    file.sample = lab::read_sample(file.reads,
                                   sequences.codes,
                                   file.layout,
                                   file.errors,
                                   {.most_distance = run.reach->most_distance});
    into.reading = to_reading(file.sample, sequences, *run.reach, into.name);
}

void match_runs(lab::Abif const& abif, CodeRun const& run, CodeFile& into) {
    into.format = "fragments";
    into.fragments = read_fragments(abif, run.fragments, run.ladder);
    if (run.registry) {
        into.reading = match_fragment_file(*into.fragments, *run.registry, run.seed);
        into.reading->sample = into.name;
    }
}

void match_sanger(lab::SangerTrace trace, CodeRun const& run, CodeFile& into) {
    into.trace = std::move(trace);
    into.format = into.trace->format;
    if (into.trace->bases.find_first_not_of('N') == std::string::npos) {
        throw Error{ErrorKind::insufficient,
                    {"la trace est vide : {} bases, aucune lisible",
                     "the trace is empty: {} bases, none readable"},
                    into.trace->bases.size()};
    }
    if (!run.registry) {
        return;
    }
    bool const has_sequence = std::ranges::any_of(run.registry->lots, [](lab::Lot const& lot) {
        return lot.kind == lab::CodeKind::sequence;
    });
    if (!has_sequence) {
        refuse_without_sequences();
    }
    into.reading = lab::match_trace(*into.trace, *run.registry, run.seed);
    into.reading->sample = into.name;
}

void measure_cycles(std::string_view text, CodeRun const& run, CodeFile& into) {
    auto const table = lab::parse_qpcr(text);
    into.qpcr = lab::measure_qpcr(table);
    into.internal_control =
        run.internal_control ? run.internal_control : lab::find_internal_control(table);
    if (into.internal_control) {
        into.inhibition = lab::measure_inhibition(table, *into.internal_control);
    }
}

void match_particle_list(std::string_view text, CodeRun const& run, CodeFile& into) {
    into.format = "particles";
    into.particles = lab::parse_particles(text);
    if (!run.registry) {
        return;
    }
    bool const has_particles = std::ranges::any_of(run.registry->lots, [](lab::Lot const& lot) {
        return lot.kind == lab::CodeKind::particle;
    });
    if (!has_particles) {
        throw Error{ErrorKind::insufficient,
                    {"aucun lot du registre n’a de texte de particules : cette liste ne peut lui "
                     "être comparée",
                     "no lot of the registry has a text of particles to compare this list with"}};
    }
    into.reading = lab::match_particles(*into.particles, *run.registry);
    into.reading->sample = into.name;
}

bool is_zip(std::span<std::byte const> bytes) {
    return bytes.size() > 3 && bytes[0] == std::byte{'P'} && bytes[1] == std::byte{'K'} &&
           bytes[2] == std::byte{3} && bytes[3] == std::byte{4};
}

std::string read_rdml(std::span<std::byte const> bytes, CodeRun const& run) {
    try {
        return lab::unpack_in_child(bytes, run.reader, {"rdml"});
    } catch (Error const& error) {
        if (error.kind() != ErrorKind::format) {
            throw;
        }
        throw Error{ErrorKind::format,
                    {"fichier zip endommagé ou coupé, ou qui n’est pas du RDML (on y cherche un "
                     "fichier .xml dont l’élément est rdml)",
                     "a zip that is damaged or cut short, or that is no RDML (a file .xml in it "
                     "with the element rdml)"}};
    }
}

std::string_view text_of(std::span<std::byte const> bytes) {
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()};
}

void refuse_unknown(std::span<std::byte const> bytes) {
    if (!lab::is_packed(bytes) && (bytes.empty() || bytes.front() != std::byte{'@'})) {
        throw Error{ErrorKind::format,
                    {"ni une trace (ABIF, SCF, ZTR), ni des lectures (FASTQ, gzip, BAM), ni un "
                     "tableau de Cq (CSV, RDML), ni une liste de particules",
                     "neither a trace (ABIF, SCF, ZTR) nor reads (FASTQ, gzip, BAM) nor a table "
                     "of Cq (CSV, RDML) nor a list of particles"}};
    }
}

/// The word that simulated files bear where an instrument writes its own name.
bool says_simulated(CodeFile const& file, std::string_view text) {
    constexpr std::string_view word = "SIMULATED";
    if (file.trace) {
        return file.trace->instrument == word;
    }
    if (file.fragments) {
        return file.fragments->run.instrument == word;
    }
    if (file.amplicons) {
        return file.amplicons->reads.front().name.starts_with(word);
    }
    return file.particles && text.substr(0, 4096).find("origin") != std::string_view::npos &&
           text.find(word) != std::string_view::npos;
}

} // namespace

std::unique_ptr<CodeFile> read_code_file(std::string const& name, CodeRun& run) {
    auto const bytes = read_file(name); // its errors name the file
    auto file = std::make_unique<CodeFile>();
    file->name = name;
    file->sha256 = sha256_hex(bytes);
    try {
        if (bytes.empty()) {
            throw Error{ErrorKind::format, {"le fichier est vide", "the file is empty"}};
        }
        if (lab::is_abif(bytes)) {
            auto const flat = lab::unpack_in_child(bytes, run.reader, {"abif"});
            auto const abif = lab::Abif::from_flat(std::as_bytes(std::span{flat}));
            if (lab::is_fragment_run(abif)) {
                match_runs(abif, run, *file);
            } else {
                match_sanger(lab::to_sanger(abif), run, *file);
            }
        } else if (lab::is_sanger(bytes)) {
            match_sanger(lab::read_sanger(bytes, run.reader), run, *file);
        } else if (lab::is_qpcr_table(text_of(bytes))) {
            file->format = "qpcr";
            measure_cycles(text_of(bytes), run, *file);
        } else if (is_zip(bytes)) {
            file->format = "rdml";
            measure_cycles(read_rdml(bytes, run), run, *file);
        } else if (lab::is_particle_list(text_of(bytes))) {
            match_particle_list(text_of(bytes), run, *file);
        } else {
            refuse_unknown(bytes);
            AmpliconFile& amplicons = file->amplicons.emplace();
            file->format = lab::is_packed(bytes) ? "packed_reads" : "fastq";
            amplicons.text = lab::unpack_text(bytes, run.reader);
            amplicons.reads = lab::parse_fastq(amplicons.text);
            match_amplicons(amplicons, run, *file);
        }
        file->is_simulated = says_simulated(*file, text_of(bytes));
    } catch (Error& error) {
        error.at(name);
        throw;
    }
    return file;
}

std::string assignment_table(CodeFile const& file, lab::Registry const& registry) {
    if (!file.amplicons) {
        throw Error{ErrorKind::usage,
                    {"--assignments demande des lectures d’amplicons",
                     "--assignments needs amplicon reads"}};
    }
    auto const sequences = sequences_of(registry);
    std::string table = "read\tcode\tdistance\tlog10_lr\n";
    AmpliconFile const& amplicons = *file.amplicons;
    for (std::size_t i = 0; i < amplicons.reads.size(); ++i) {
        lab::ReadMatch const& match = amplicons.sample.matches[i];
        bool const is_assigned = match.state == lab::ReadState::assigned;
        bool const has_lr = is_assigned || match.state == lab::ReadState::ambiguous;
        table += amplicons.reads[i].name;
        table += '\t';
        table += is_assigned ? registry.lots[sequences.lots[match.lot]].name : "-";
        table += '\t';
        table += match.state == lab::ReadState::no_primers ? "-" : std::to_string(match.distance);
        table += '\t';
        table += has_lr ? fixed_text(match.log10_lr, 2) : "-";
        table += '\n';
    }
    return table;
}

} // namespace cmq::pipeline
