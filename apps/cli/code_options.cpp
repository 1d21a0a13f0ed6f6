// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/code_options.hpp"

#include "apps/cli/speaker.hpp"
#include "core/error.hpp"
#include "lab/code/bases.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/value_semantic.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

void add_amplicon_options(OptionAdder const& add, Speaker const& say) {
    add("forward",
        po::value<std::string>()->value_name("SEQ"),
        {"amplicons : amorce devant le code", "amplicons: primer in front of the code"});
    add("reverse",
        po::value<std::string>()->value_name("SEQ"),
        {"amplicons : amorce derrière le code, sur l’un ou l’autre brin",
         "amplicons: primer behind the code, as either strand"});
    add("umi",
        po::value<std::string>()->value_name("N"),
        {"amplicons : bases de l’identifiant moléculaire, juste devant le code (0)",
         "amplicons: bases of the molecular identifier right in front of the code (0)"});
    add("index-hopping",
        po::value<std::string>()->value_name(say({"PART", "SHARE"})),
        {"part des lectures d’un échantillon qui passe dans un autre de la même série (celle du "
         "registre, sinon 0.02) ; 0 : les fichiers nommés sont de séries différentes",
         "share of the reads of a sample that turns up in another of the same run (the "
         "registry's, else 0.02); 0: the files named are of different runs"});
    add("assignments",
        po::value<std::string>()->value_name(say({"F.tsv", "F.tsv"})),
        {"écrire le code de chaque lecture dans ce tableau ; un seul fichier",
         "write the code of each read to this table; a single file"});
}

void add_fragment_options(OptionAdder const& add, Speaker const& say) {
    add("size-standard",
        po::value<std::string>()->value_name(say({"NOM", "NAME"})),
        {"fragments : étalon de taille (trouvé parmi ceux qui sont connus)",
         "fragments: size standard (found among the known ones)"});
    add("kit",
        po::value<std::string>()->value_name("F.csv"),
        {"fragments : longueurs de l’échelle d’un kit ; avec --ladder",
         "fragments: lengths of a kit's ladder; with --ladder"});
    add("ladder",
        po::value<std::string>()->value_name("F.fsa"),
        {"fragments : analyse de cette échelle, de la même série",
         "fragments: run of this ladder, of the same series"});
    add("least-height",
        po::value<std::string>()->value_name("RFU"),
        {"fragments : hauteur du plus petit pic retenu (50)",
         "fragments: height of the lowest peak that counts (50)"});
}

std::vector<std::string> words_of(po::variables_map const& values, std::string const& name) {
    return values.count(name) > 0 ? values[name].as<std::vector<std::string>>()
                                  : std::vector<std::string>{};
}

/// "extraction=blank.fastq" is of that kind; a name without one of these words in front is negative.
void sort_controls(std::vector<std::string> const& controls, CodeOptions& settings) {
    std::array<std::pair<std::string_view, std::vector<std::string>*>, 4> const kinds{
        {{"negative=", &settings.negative_controls},
         {"extraction=", &settings.extraction_controls},
         {"environment=", &settings.environment_controls},
         {"positive=", &settings.positive_controls}}};
    for (std::string const& control : controls) {
        auto const kind = std::ranges::find_if(
            kinds, [&](auto const& each) { return control.starts_with(each.first); });
        if (kind == kinds.end()) {
            settings.negative_controls.push_back(control);
        } else {
            kind->second->push_back(control.substr(kind->first.size()));
        }
    }
}

bool has_controls(CodeOptions const& settings) {
    return !settings.negative_controls.empty() || !settings.extraction_controls.empty() ||
           !settings.environment_controls.empty() || !settings.positive_controls.empty();
}

std::optional<double> hopping_option(po::variables_map const& values) {
    if (values.count("index-hopping") == 0) {
        return {};
    }
    double const share = number_option(values, "index-hopping");
    if (!(share >= 0.0 && share <= 0.5)) {
        throw Error{ErrorKind::usage,
                    {"--index-hopping demande une part de 0 à 0.5",
                     "--index-hopping needs a share from 0 to 0.5"}};
    }
    return share;
}

pipeline::FragmentOptions fragment_options(po::variables_map const& values) {
    pipeline::FragmentOptions options{.standard = text_option(values, "size-standard"),
                                      .kit = text_option(values, "kit"),
                                      .ladder = text_option(values, "ladder")};
    static_cast<void>(pipeline::to_settings(options)); // refuses an unknown standard
    if (options.kit.has_value() != options.ladder.has_value()) {
        throw Error{ErrorKind::usage,
                    {"--kit et --ladder vont ensemble", "--kit and --ladder go together"}};
    }
    if (values.count("least-height") > 0) {
        options.least_height = number_option(values, "least-height");
    }
    if (!(options.least_height >= 1.0 && options.least_height <= 30'000.0)) {
        throw Error{ErrorKind::usage,
                    {"--least-height demande une hauteur de 1 à 30000",
                     "--least-height needs a height from 1 to 30000"}};
    }
    return options;
}

/// A file is one thing: a sample, or one of the controls.
void check_each_file_once(CodeOptions const& settings) {
    std::set<std::string> known;
    for (auto const* const list : {&settings.files,
                                   &settings.negative_controls,
                                   &settings.extraction_controls,
                                   &settings.environment_controls,
                                   &settings.positive_controls}) {
        for (std::string const& name : *list) {
            if (!known.insert(name).second) {
                throw Error{ErrorKind::usage,
                            {"{} est nommé deux fois ; un fichier est un échantillon ou un témoin",
                             "{} is named twice; a file is a sample or a control"},
                            name};
            }
        }
    }
}

void check(CodeOptions const& settings) {
    if (!settings.registry && (settings.assignments || has_controls(settings))) {
        throw Error{ErrorKind::usage,
                    {"--assignments et les témoins demandent un registre (--registry)",
                     "--assignments and controls need a registry (--registry)"}};
    }
    check_each_file_once(settings);
    if (settings.assignments && settings.files.size() > 1) {
        throw Error{ErrorKind::usage,
                    {"--assignments va avec un seul fichier ; en nommer un",
                     "--assignments goes with a single file; name one"}};
    }
}

} // namespace

po::options_description code_options(Language language) {
    Speaker const say{language};
    po::options_description all{
        say({"emploi : contremarque code FICHIER... [OPTIONS]\n\n"
             "Lit le code d’un marqueur dans des fichiers d’instruments (Sanger : .ab1, SCF,\n"
             "ZTR ; fragments : .fsa, .hid ; amplicons : FASTQ, gzip, BAM ; qPCR : CSV,\n"
             "RDML ; listes de particules) et le compare à un registre : concordance, pas de\n"
             "concordance ou non concluant, avec les motifs, les témoins d’abord, et la\n"
             "probabilité qu’un code étranger au registre y soit reconnu. Sans registre, dit\n"
             "ce qui a été lu.\n\n"
             "Options\u00A0",
             "usage: contremarque code FILE... [OPTIONS]\n\n"
             "Reads a marker's code from instrument files (Sanger: .ab1, SCF, ZTR; fragments:\n"
             ".fsa, .hid; amplicons: FASTQ, gzip, BAM; qPCR: CSV, RDML; lists of particles)\n"
             "and compares it with a registry: match, no match or inconclusive, with reasons,\n"
             "controls first, and the probability that a code that is not in the registry\n"
             "would be found there. Without a registry, says what was read.\n\nOptions"})};
    OptionAdder const add{all, language};
    add("help,h", {"afficher ce texte", "show this text"});
    add("json",
        {"afficher du JSON : un résultat par fichier lu",
         "print JSON: one result for each file that was read"});
    add("registry,r",
        po::value<std::string>()->value_name("R"),
        {"les lots : registry.toml, FASTA, ou une séquence par ligne",
         "the lots: registry.toml, FASTA, or one sequence a line"});
    add("controls",
        po::value<std::vector<std::string>>()->multitoken()->value_name(
            say({"[GENRE=]FICHIER...", "[KIND=]FILE..."})),
        {"témoins : negative (sans mention), extraction, environment ou positive, comme dans "
         "extraction=FICHIER",
         "controls: negative (where nothing is said), extraction, environment or positive, as in "
         "extraction=FILE"});
    add("positive-controls",
        po::value<std::vector<std::string>>()->multitoken()->value_name(
            say({"FICHIER...", "FILE..."})),
        {"témoins positifs", "positive controls"});
    add("vehicles",
        po::value<std::vector<std::string>>()->multitoken()->value_name(
            say({"CODE...", "CODE..."})),
        {"ce qui a transporté la personne ou le prélèvement : de même",
         "what carried the person or the sample: likewise"});
    add("people",
        po::value<std::vector<std::string>>()->multitoken()->value_name(
            say({"CODE...", "CODE..."})),
        {"qui a interpellé, fouillé, prélevé ou analysé, comme le registre les nomme : leurs "
         "lots sont signalés",
         "who arrested, searched, swabbed or analysed, as the registry names them: their lots "
         "are pointed out"});
    add_amplicon_options(add, say);
    add_fragment_options(add, say);
    add("internal-control",
        po::value<std::string>()->value_name(say({"CIBLE", "TARGET"})),
        {"qPCR : cible du témoin interne (celle dont le nom commence par IPC, IAC, EIC ou IC)",
         "qPCR: target of the internal control (the one whose name begins with IPC, IAC, EIC or "
         "IC)"});
    add("seed",
        po::value<std::string>()->value_name("N"),
        {"graine du compte des fausses concordances (1)",
         "seed of the count of false matches (1)"});
    add_output_option(add, language);
    return all;
}

std::string primer_option(po::variables_map const& values,
                          std::string const& name,
                          std::string const& standard) {
    auto const text = text_option(values, name).value_or(standard);
    if (text == standard) {
        return standard;
    }
    if (!lab::is_sequence(text) || text.size() < lab::shortest_primer ||
        text.size() > lab::longest_primer) {
        throw Error{ErrorKind::usage,
                    {"--{} demande une séquence de {} à {} bases A, C, G et T ; trouvé : « {} »",
                     "--{} needs a sequence of {} to {} bases A, C, G and T, found '{}'"},
                    name,
                    lab::shortest_primer,
                    lab::longest_primer,
                    text};
    }
    return lab::to_upper(text);
}

CodeOptions parse_code(std::vector<std::string> const& arguments) {
    auto const values = parse_with_files(arguments, code_options(Language::english));
    CodeOptions settings;
    settings.help = values.count("help") > 0;
    if (settings.help) {
        return settings;
    }
    constexpr std::uint64_t longest_umi = 32;
    settings.json = values.count("json") > 0;
    settings.output = text_option(values, "output");
    settings.registry = text_option(values, "registry");
    settings.assignments = text_option(values, "assignments");
    settings.layout = {.forward = primer_option(values, "forward", ""),
                       .reverse = primer_option(values, "reverse", ""),
                       .umi = whole_option(values, "umi", 0, longest_umi).value_or(0)};
    settings.index_hopping = hopping_option(values);
    sort_controls(words_of(values, "controls"), settings);
    auto const positive = words_of(values, "positive-controls");
    settings.positive_controls.insert(
        settings.positive_controls.end(), positive.begin(), positive.end());
    settings.people = words_of(values, "people");
    settings.vehicles = words_of(values, "vehicles");
    settings.seed = seed_option(values).value_or(1);
    settings.fragments = fragment_options(values);
    settings.internal_control = text_option(values, "internal-control");
    settings.files = file_words(values,
                                {"nommer au moins un fichier, avant --controls ; voir --help",
                                 "name at least one file, in front of --controls; see --help"});
    check(settings);
    return settings;
}

} // namespace cmq::cli
