// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/simulate_groups.hpp"

#include "apps/cli/options.hpp"
#include "apps/cli/speaker.hpp"
#include "capture/simulate_spectrum.hpp"
#include "core/error.hpp"
#include "core/number_text.hpp"

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/variables_map.hpp>

#include <algorithm>
#include <array>
#include <map>
#include <utility>

namespace cmq::cli {
namespace {

namespace po = boost::program_options;

constexpr std::size_t most_droplets = 1'000'000;

/// Keys of a --group, and the option that gives what a group does not say itself.
constexpr std::array<std::pair<char const*, char const*>, 13> keys{
    {{"count", "droplets"},
     {"kind", "droplet-kind"},
     {"material", "material"},
     {"colour", "colour"},
     {"absorption", "absorption"},
     {"flux", "flux"},
     {"flux-log-sd", "flux-log-sd"},
     {"radius", "radius"},
     {"radius-log-sd", "radius-log-sd"},
     {"axis-ratio", "axis-ratio"},
     {"region", "region"},
     {"cluster-sd", "cluster-sd"},
     {"separation", "separation"}}};

/// One group as text, with the name under which each key is known to the user.
struct GroupTexts {
    std::map<std::string, std::string> text;
    std::string prefix; ///< "--", or "--group "

    [[nodiscard]] std::string name(std::string const& key) const {
        if (prefix != "--") {
            return prefix + key;
        }
        auto const* const entry =
            std::ranges::find_if(keys, [&](auto const& pair) { return pair.first == key; });
        return prefix + entry->second;
    }

    [[nodiscard]] bool has(std::string const& key) const { return text.contains(key); }

    [[nodiscard]] double number(std::string const& key) const {
        auto const list = to_numbers(text.at(key), name(key));
        if (list.size() != 1) {
            throw Error{ErrorKind::usage,
                        {"{} demande un nombre à point décimal, et non « {} »",
                         "{} needs a number with a decimal point, not '{}'"},
                        name(key),
                        text.at(key)};
        }
        return list.front();
    }
};

std::size_t to_count(std::string const& text, std::string const& option) {
    auto const number = parse_number(text);
    if (!number || !(*number >= 0.0) || *number > static_cast<double>(most_droplets) ||
        *number != static_cast<double>(static_cast<std::size_t>(*number))) {
        throw Error{ErrorKind::usage,
                    {"{} demande un nombre entier de 0 à {}, et non « {} »",
                     "{} needs a whole number from 0 to {}, not '{}'"},
                    option,
                    most_droplets,
                    text};
    }
    return static_cast<std::size_t>(*number);
}

[[noreturn]] void
refuse_word(std::string const& option, std::string const& names, std::string const& text) {
    throw Error{ErrorKind::usage,
                {"{} est un mot parmi {}, et non « {} »", "{} is one of {}, not '{}'"},
                option,
                names,
                text};
}

capture::DropletKind to_kind(std::string const& text, std::string const& option) {
    using capture::DropletKind;
    std::string names;
    for (DropletKind const kind : {DropletKind::disc,
                                   DropletKind::ellipse,
                                   DropletKind::smear,
                                   DropletKind::stain,
                                   DropletKind::print}) {
        if (capture::to_text(kind) == text) {
            return kind;
        }
        names += (names.empty() ? "" : ", ") + std::string{capture::to_text(kind)};
    }
    refuse_word(option, names, text);
}

/// The camera, and the filter before it, that turn an emission into shares of planes.
struct Optics {
    capture::CameraResponse camera;
    double cut_on_nm = 0.0;
};

Optics to_optics(po::variables_map const& values) {
    auto const text = values["camera"].as<std::string>();
    std::string names;
    for (capture::CameraResponse const& camera : capture::camera_responses()) {
        if (camera.name == text) {
            return {camera, number_option(values, "cut-on-nm")};
        }
        names += (names.empty() ? "" : ", ") + std::string{camera.name};
    }
    refuse_word("--camera", names, text);
}

void apply_material(std::string const& material,
                    std::string const& option,
                    Optics const& optics,
                    capture::DropletGroup& group) {
    auto const* const emitter = capture::find_emitter(material);
    if (emitter == nullptr) {
        std::string names;
        for (capture::Emitter const& one : capture::emitters()) {
            names += (names.empty() ? "" : ", ") + capture::short_name(one);
        }
        refuse_word(option, names, material);
    }
    group.material = capture::short_name(*emitter);
    group.colour =
        capture::simulate_plane_response(emitter->bands, optics.camera, optics.cut_on_nm);
    if (std::ranges::all_of(group.colour, [](double share) { return !(share > 0.0); })) {
        throw Error{ErrorKind::usage,
                    {"le filtre de --cut-on-nm ne laisse rien passer de ce matériau : {}",
                     "the filter of --cut-on-nm lets nothing of this material pass: {}"},
                    group.material};
    }
}

capture::DropletGroup to_group(GroupTexts const& texts, Optics const& optics) {
    capture::DropletGroup group;
    group.count = to_count(texts.text.at("count"), texts.name("count"));
    group.kind = to_kind(texts.text.at("kind"), texts.name("kind"));
    group.flux_electrons = texts.number("flux");
    group.flux_log_sd = texts.number("flux-log-sd");
    group.colour = to_planes(texts.text.at("colour"), texts.name("colour"));
    group.absorption = to_planes(texts.text.at("absorption"), texts.name("absorption"));
    if (texts.has("material")) {
        apply_material(texts.text.at("material"), texts.name("material"), optics, group);
    }
    group.radius = texts.number("radius");
    group.radius_log_sd = texts.number("radius-log-sd");
    group.axis_ratio = texts.number("axis-ratio");
    group.cluster_sd = texts.number("cluster-sd");
    group.separation = texts.number("separation");
    if (texts.has("region")) {
        auto const list = to_numbers(texts.text.at("region"), texts.name("region"));
        if (list.size() != 4) {
            throw Error{ErrorKind::usage,
                        {"{} demande quatre nombres : x,y,largeur,hauteur",
                         "{} needs four numbers: x,y,width,height"},
                        texts.name("region")};
        }
        group.region = capture::Region{list[0], list[1], list[2], list[3]};
    }
    return group;
}

/// "count=3 kind=stain radius=200" over what the options say.
GroupTexts with_words(GroupTexts texts, std::string_view words) {
    texts.prefix = "--group ";
    texts.text["count"] = "1";
    bool colour_is_own = false;
    bool material_is_own = false;
    for (std::size_t at = 0; at < words.size();) {
        if (words[at] == ' ') {
            ++at;
            continue;
        }
        std::size_t const end = std::min(words.find(' ', at), words.size());
        std::string_view const word = words.substr(at, end - at);
        at = end;
        std::size_t const sign = word.find('=');
        std::string const key{word.substr(0, sign)};
        bool const is_known =
            std::ranges::any_of(keys, [&](auto const& pair) { return pair.first == key; });
        if (sign == std::string_view::npos || !is_known) {
            std::string names;
            for (auto const& pair : keys) {
                names += (names.empty() ? "" : ", ") + std::string{pair.first};
            }
            throw Error{ErrorKind::usage,
                        {"--group demande des mots clé=valeur, clé parmi {}, et non « {} »",
                         "--group needs words key=value, key one of {}, not '{}'"},
                        names,
                        std::string{word}};
        }
        texts.text[key] = std::string{word.substr(sign + 1)};
        colour_is_own = colour_is_own || key == "colour";
        material_is_own = material_is_own || key == "material";
    }
    if (colour_is_own && !material_is_own) {
        texts.text.erase("material"); // that of --material has another colour
    }
    return texts;
}

} // namespace

std::vector<double> to_numbers(std::string_view text, std::string_view option) {
    std::string_view rest = text;
    std::vector<double> list;
    for (;;) {
        std::size_t const comma = rest.find(',');
        auto const number = parse_number(rest.substr(0, comma));
        if (!number) {
            throw Error{ErrorKind::usage,
                        {"{} demande des nombres à point décimal, séparés par des virgules, et "
                         "non « {} »",
                         "{} needs numbers with a decimal point, separated by commas, not '{}'"},
                        std::string{option},
                        std::string{text}};
        }
        list.push_back(*number);
        if (comma == std::string_view::npos) {
            return list;
        }
        rest.remove_prefix(comma + 1);
    }
}

PerPlane<double> to_planes(std::string_view text, std::string_view option) {
    auto const list = to_numbers(text, option);
    switch (list.size()) {
    case 1:
        return {list[0], list[0], list[0], list[0]};
    case 3:
        return {list[0], list[1], list[1], list[2]};
    case 4:
        return {list[0], list[1], list[2], list[3]};
    default:
        throw Error{ErrorKind::usage,
                    {"{} demande un nombre, trois (r,g,b) ou quatre (r,g1,g2,b), et non {}",
                     "{} needs one number, three (r,g,b) or four (r,g1,g2,b), not {}"},
                    std::string{option},
                    list.size()};
    }
}

void add_group_options(po::options_description& options, Language language) {
    auto const text = [] { return po::value<std::string>()->value_name("X"); };
    auto const number = [&](char const* standard) { return text()->default_value(standard); };
    OptionAdder{options, language}("droplets", number("0"), {"combien", "how many"})(
        "droplet-kind",
        number("disc"),
        {"disc, ellipse, smear, stain (tache) ou print (empreinte par contact)",
         "disc, ellipse, smear, stain or print (contact print)"})(
        "flux",
        number("6000"),
        {"électrons d’une gouttelette (médiane)", "median electrons of a droplet"})(
        "flux-log-sd", number("0.6"), {"dispersion de ln flux", "spread of ln flux"})(
        "radius",
        number("2"),
        {"rayon médian ; demi-largeur d’une traînée", "median radius; half width of a smear"})(
        "radius-log-sd", number("0.35"), {"dispersion de ln rayon", "spread of ln radius"})(
        "axis-ratio",
        number("0.6"),
        {"d’une ellipse ; largeur/longueur d’une traînée",
         "of an ellipse; a smear's width by length"})(
        "smears",
        number("0"),
        {"combien de traînées en plus", "how many smears beside the droplets"})(
        "smear-flux",
        number("40000"),
        {"électrons d’une traînée (médiane)", "median electrons of a smear"})(
        "smear-radius", number("4"), {"demi-largeur d’une traînée", "half width of a smear"})(
        "smear-axis-ratio",
        number("0.1"),
        {"largeur/longueur d’une traînée", "width by length of a smear"})(
        "colour", number("0.55,1,0.25"), {"PLANES, en proportion", "PLANES, in proportion"})(
        "material",
        text(),
        {"couleur d’un matériau, ainsi riboflavin-dry",
         "the colour of a material, as riboflavin-dry"})(
        "camera",
        number("A"),
        {"A, B ou C : appareil (inventé) qui voit ce matériau",
         "A, B or C: camera (invented) that sees the material"})(
        "cut-on-nm",
        number("420"),
        {"son filtre laisse passer au-delà", "its filter passes what is longer"})(
        "absorption",
        number("0"),
        {"PLANES : part de lumière retirée, au lieu de briller",
         "PLANES: share of light taken away, instead of glow"})(
        "region",
        text(),
        {"x,y,largeur,hauteur contenant les centres", "x,y,width,height that holds all centres"})(
        "cluster-sd",
        number("0"),
        {"dispersion autour du milieu ; 0 : uniforme", "spread about the middle; 0: even"})(
        "separation",
        number("0"),
        {"distance minimale entre gouttelettes", "least distance between droplets"})(
        "group",
        po::value<std::vector<std::string>>()->composing()->value_name("X"),
        {"un groupe de plus, ainsi « count=1 kind=stain radius=200 » ; le reste comme "
         "ci-dessus ; répétable",
         "one more group, as 'count=1 kind=stain radius=200'; the rest as above; repeatable"});
}

std::vector<capture::DropletGroup> to_groups(po::variables_map const& values) {
    Optics const optics = to_optics(values);
    GroupTexts texts{{}, "--"};
    for (auto const& [key, option] : keys) {
        if (auto const text = text_option(values, option)) {
            texts.text[key] = *text;
        }
    }
    std::vector<capture::DropletGroup> groups{to_group(texts, optics)};
    capture::DropletGroup smears = groups.front();
    smears.count = to_count(values["smears"].as<std::string>(), "--smears");
    smears.kind = capture::DropletKind::smear;
    smears.flux_electrons = number_option(values, "smear-flux");
    smears.radius = number_option(values, "smear-radius");
    smears.axis_ratio = number_option(values, "smear-axis-ratio");
    groups.push_back(std::move(smears));
    if (values.count("group") > 0) {
        for (std::string const& words : values["group"].as<std::vector<std::string>>()) {
            groups.push_back(to_group(with_words(texts, words), optics));
        }
    }
    return groups;
}

} // namespace cmq::cli
