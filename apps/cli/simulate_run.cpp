// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/simulate_run.hpp"

#include "apps/cli/code_options.hpp"
#include "apps/cli/speaker.hpp"
#include "apps/pipeline/load_registry.hpp"
#include "core/columns.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"
#include "lab/code/simulate_run.hpp"
#include "report/json_run.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/write_folder.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <array>
#include <ostream>
#include <span>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

using lab::RunKind;

constexpr std::array all_kinds{
    RunKind::sanger, RunKind::fragments, RunKind::amplicons, RunKind::qpcr, RunKind::particles};

struct Settings {
    bool help = false;
    std::string output;
    std::optional<std::string> registry;
    lab::RunSettings run;
};

// ---- options

void add_amplicon_options(OptionAdder const& add) {
    auto const text = [](char const* name) { return po::value<std::string>()->value_name(name); };
    add("reads",
        text("N"),
        {"amplicons : lectures de chaque tube (1000)", "amplicons: reads of each tube (1000)"});
    add("quality",
        text("Q"),
        {"amplicons : qualité Phred que le fichier énonce (celle que vaut --error)",
         "amplicons: Phred quality that the file states (what --error is worth)"});
    add("forward",
        text("SEQ"),
        {"amplicons : amorce devant le code", "amplicons: the primer in front of the code"});
    add("reverse",
        text("SEQ"),
        {"amplicons : amorce derrière lui", "amplicons: the primer behind it"});
    add("umi",
        text("N"),
        {"amplicons : bases de l’identifiant de molécule (10)",
         "amplicons: bases of the molecular identifier (10)"});
}

po::options_description options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque simulate run APPAREIL -o DOSSIER [OPTIONS]\n\n"
             "Écrit les fichiers d’un échantillon, d’un témoin négatif et d’un témoin positif,\n"
             "et truth.json, ce qu’ils contiennent vraiment. APPAREIL : sanger (.ab1),\n"
             "fragments (.fsa), amplicons (FASTQ), qpcr (une plaque, CSV et RDML) ou\n"
             "particles (CSV). Les mêmes options donnent les mêmes octets.\n\nOptions\u00A0",
             "usage: contremarque simulate run INSTRUMENT -o FOLDER [OPTIONS]\n\n"
             "Writes the files of a sample, a negative and a positive control, and truth.json,\n"
             "what they truly hold. INSTRUMENT: sanger (.ab1), fragments (.fsa), amplicons\n"
             "(FASTQ), qpcr (a plate, CSV and RDML) or particles (CSV). The same options give\n"
             "the same bytes.\n\nOptions"})};
    auto const text = [](char const* name) { return po::value<std::string>()->value_name(name); };
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("output,o", text("D"), {"le nouveau dossier à écrire", "the new folder to write"});
    add("registry,r",
        text("R"),
        {"registre des lots ; sauf pour qpcr", "registry of lots; but for qpcr"});
    add("lot",
        text("LOT"),
        {"lot que porte l’échantillon ; sans lui : aucun marqueur",
         "lot in the sample; without it: no marker"});
    add("amount",
        text("X"),
        {"dans l’échantillon : sanger, part du plein signal (1) ; fragments, hauteur moyenne en "
         "RFU (1000) ; amplicons, molécules (100) ; qpcr, copies (1000) ; particles, particules "
         "(10)",
         "in the sample: sanger, share of full signal (1); fragments, mean height in RFU (1000); "
         "amplicons, molecules (100); qpcr, copies (1000); particles, particles (10)"});
    add("error",
        text("E"),
        {"d’une base (sanger 0.001, amplicons 0.003) ou d’un signe (0.05) ; fragments : "
         "écart-type en bp (0.1) ; qpcr : en cycles (0.15)",
         "of a base (sanger 0.001, amplicons 0.003) or symbol (0.05); fragments: standard "
         "deviation in bp (0.1); qpcr: in cycles (0.15)"});
    add("contamination",
        text("LOT=PART"),
        {"des réactifs, donc de l’échantillon et du témoin négatif : part de --amount ; qpcr : "
         "PART seule",
         "of the reagents, thus of sample and negative control: a share of --amount; qpcr: the "
         "share alone"});
    add("exchange",
        {"échanger l’échantillon et le témoin négatif", "exchange sample and negative control"});
    add("inhibition",
        text("C"),
        {"qpcr : cycles de retard de l’échantillon (0)",
         "qpcr: cycles by which the sample comes late (0)"});
    add_amplicon_options(add);
    add("seed", text("N"), {"graine du hasard (1)", "seed of chance (1)"});
    return all;
}

// ---- settings

RunKind kind_of(std::vector<std::string> const& words) {
    for (RunKind const kind : all_kinds) {
        if (words.size() == 2 && words[1] == lab::name_of(kind)) {
            return kind;
        }
    }
    throw Error{ErrorKind::usage,
                {"après run, nommer un appareil : sanger, fragments, amplicons, qpcr ou particles",
                 "after run, name one instrument: sanger, fragments, amplicons, qpcr or "
                 "particles"}};
}

/// "LOT=SHARE"; of a qPCR "SHARE".
void set_contamination(po::variables_map const& values, lab::RunSettings& run) {
    auto const text = text_option(values, "contamination");
    if (!text) {
        return;
    }
    bool const has_lot = run.kind != RunKind::qpcr;
    auto const equals = text->rfind('=');
    auto const share = parse_number(equals == std::string::npos ? *text : text->substr(equals + 1));
    if (has_lot != (equals != std::string::npos) || equals == 0 || !share) {
        throw Error{ErrorKind::usage,
                    {"--contamination demande LOT=PART, ou PART seule pour qpcr ; trouvé : « {} »",
                     "--contamination needs LOT=SHARE, or the share alone for qpcr, found '{}'"},
                    *text};
    }
    run.contamination = *share;
    if (has_lot) {
        run.contaminant = text->substr(0, equals);
    }
}

/// Options that say something to other instruments only.
void refuse_foreign_options(po::variables_map const& values, RunKind kind) {
    auto const refuse = [&](char const* name, bool is_of_kind) {
        if (!is_of_kind && values.count(name) > 0) {
            throw Error{ErrorKind::usage,
                        {"--{} ne dit rien de l’appareil {}", "--{} says nothing to {}"},
                        name,
                        lab::name_of(kind)};
        }
    };
    for (char const* const name : {"reads", "quality", "forward", "reverse", "umi"}) {
        refuse(name, kind == RunKind::amplicons);
    }
    refuse("inhibition", kind == RunKind::qpcr);
    refuse("registry", kind != RunKind::qpcr);
    refuse("lot", kind != RunKind::qpcr);
}

lab::RunSettings to_run(po::variables_map const& values, RunKind kind) {
    lab::RunSettings run;
    run.kind = kind;
    run.lot = text_option(values, "lot");
    auto const number = [&](char const* name) {
        return values.count(name) > 0 ? std::optional{number_option(values, name)} : std::nullopt;
    };
    run.amount = number("amount");
    run.error = number("error");
    run.inhibition = number("inhibition").value_or(0.0);
    set_contamination(values, run);
    run.is_exchanged = values.count("exchange") > 0;
    constexpr std::uint64_t most_reads = 1'000'000;
    constexpr std::uint64_t best_quality = 60;
    constexpr std::uint64_t longest_umi = 32;
    if (auto const quality = whole_option(values, "quality", 1, best_quality)) {
        run.quality = static_cast<int>(*quality);
    }
    run.reads = whole_option(values, "reads", 1, most_reads).value_or(run.reads);
    run.layout = {.forward = primer_option(values, "forward", "ACGTTGCAAGTCCATGAGTC"),
                  .reverse = primer_option(values, "reverse", "TGACCTAGGATCGCTTAGCA"),
                  .umi = whole_option(values, "umi", 0, longest_umi).value_or(10)};
    run.seed = seed_option(values).value_or(1);
    return run;
}

Settings parse(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, options(Language::english));
    Settings settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    RunKind const kind =
        kind_of(file_words(values, {"voir --help", "see --help"})); // `run` is among them
    refuse_foreign_options(values, kind);
    settings.run = to_run(values, kind);
    settings.registry = text_option(values, "registry");
    if (kind != RunKind::qpcr && !settings.registry) {
        throw Error{ErrorKind::usage,
                    {"--registry manque : le registre qui donne les codes",
                     "--registry is missing: the registry that gives the codes"}};
    }
    auto const output = text_option(values, "output");
    if (!output) {
        throw Error{ErrorKind::usage,
                    {"--output manque : le nouveau dossier à écrire",
                     "--output is missing: the new folder to write"}};
    }
    settings.output = *output;
    return settings;
}

// ---- what is written and said

std::vector<FolderFile> to_files(lab::SimulatedRun const& run, std::string const& truth) {
    auto const to_bytes = [](std::string const& text) {
        auto const bytes = std::as_bytes(std::span{text});
        return std::vector<std::byte>{bytes.begin(), bytes.end()};
    };
    std::vector<FolderFile> files;
    for (lab::RunFile const& file : run.files) {
        files.push_back({file.name, to_bytes(file.bytes)});
    }
    files.push_back({"truth.json", to_bytes(truth)});
    return files;
}

/// The command that reads what was written.
std::string reading_command(Settings const& settings, lab::SimulatedRun const& run) {
    std::string const folder = settings.output + '/';
    std::string words = "contremarque code " + folder + run.files.front().name;
    if (settings.registry) {
        words += " --registry " + *settings.registry + " --controls " + folder + run.files[1].name +
                 " positive=" + folder + run.files[2].name;
    }
    if (settings.run.kind == RunKind::amplicons) {
        words += " --forward " + settings.run.layout.forward + " --reverse " +
                 settings.run.layout.reverse + " --umi " + std::to_string(settings.run.layout.umi);
    }
    return words;
}

} // namespace

int run_simulate_run(std::vector<std::string> const& arguments, Streams streams) {
    Settings const settings = parse(arguments);
    if (settings.help) {
        streams.out << options(streams.language);
        return 0;
    }
    std::optional<lab::Registry> registry;
    std::string registry_sha256;
    if (settings.registry) {
        registry = pipeline::load_registry(*settings.registry);
        registry_sha256 = sha256_hex(read_file(*settings.registry));
    }
    auto const run = lab::simulate_run(settings.run, registry ? &*registry : nullptr);
    write_folder(settings.output, to_files(run, report::json_run(run, registry_sha256)));
    streams.err << Speaker{streams.language}(
                       {"{} écrit : {} fichiers simulés et truth.json ; pour les lire :\n",
                        "wrote {}: {} simulated files and truth.json; to read them:\n"},
                       settings.output,
                       run.files.size())
                << wrapped(reading_command(settings, run), 80, "  ", "    ") << '\n';
    return 0;
}

} // namespace cmq::cli
