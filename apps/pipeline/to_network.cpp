// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_network.hpp"

#include "core/sentence.hpp"
#include "report/facts.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace cmq::pipeline {
namespace {

// What separates the parts of --evidence A=x,B=y and --lr NODE:H1/H2.
std::string without_separators(std::string text) {
    std::ranges::replace_if(
        text, [](char c) { return c == ',' || c == ':' || c == '=' || c == '/'; }, ' ');
    return text;
}

template <class Entries>
std::string label_of(Entries const& entries, std::string_view id, Language language) {
    for (auto const& entry : entries) {
        if (*entry.id == id) {
            return report::text_in(entry.label, language);
        }
    }
    return "";
}

class Builder {
public:
    Builder(casefile::Case const& of, lab::FindingsJoint const& joint, Language language)
        : of_{of}
        , joint_{joint}
        , language_{language} {}

    CaseNetwork build() {
        result_.network.name = say({"Affaire {}", "Case {}"}, *of_.head.id);
        add_propositions();
        add_causes();
        add_amount();
        for (std::size_t z = 0; z < joint_.zones.size(); ++z) {
            add_level(z);
        }
        for (std::size_t z = 0; z < joint_.zones.size(); ++z) {
            add_finding(z);
        }
        return std::move(result_);
    }

private:
    template <class... Texts>
    [[nodiscard]] std::string say(Form<sizeof...(Texts)> form, Texts const&... texts) const {
        return Sentence{form, texts...}.in(language_);
    }

    /// A name that no other node has.
    std::string unique(std::string name, std::string const& id) {
        name = without_separators(std::move(name));
        if (!names_.insert(name).second) {
            name += " (" + without_separators(id) + ")";
            names_.insert(name);
        }
        return name;
    }

    std::size_t add(lab::NetworkNode node) {
        result_.network.nodes.push_back(std::move(node));
        return result_.network.nodes.size() - 1;
    }

    [[nodiscard]] std::size_t pattern_rows() const {
        return joint_.propositions.size() * joint_.patterns();
    }

    // In the tables the first cause changes slowest and "yes" comes first; in the joint distribution the first cause
    // is the lowest bit and 1 is yes.
    [[nodiscard]] std::size_t pattern_of(std::size_t row) const {
        std::size_t pattern = 0;
        std::size_t const causes = joint_.causes.size();
        for (std::size_t c = 0; c < causes; ++c) {
            bool const no = (row >> (causes - 1 - c) & 1U) != 0;
            pattern |= no ? 0 : std::size_t{1} << c;
        }
        return pattern;
    }

    /// The joint distribution of amount and levels in a row of propositions and causes.
    [[nodiscard]] std::span<double const> joint_of(std::size_t row) const {
        std::size_t const size = joint_.amounts * joint_.cells();
        std::size_t const proposition = row / joint_.patterns();
        std::size_t const pattern = pattern_of(row % joint_.patterns());
        return std::span{joint_.p}.subspan((proposition * joint_.patterns() + pattern) * size,
                                           size);
    }

    void add_propositions() {
        lab::NetworkNode node{.name = unique(say({"Proposition", "Proposition"}), "")};
        node.states = joint_.propositions;
        auto const count = static_cast<double>(node.states.size());
        node.table.assign(node.states.size(), 1.0 / count);
        node.comment = say({"Les propositions de l’affaire. Leurs probabilités égales sont une "
                            "convention de calcul : aucun rapport de vraisemblance n’en dépend, "
                            "et elles ne disent rien de l’affaire.",
                            "The propositions of the case. Their even probabilities are a "
                            "convention of computing: no likelihood ratio depends on them, and "
                            "they say nothing of the case."});
        for (auto const& proposition : of_.propositions) {
            if (std::ranges::find(joint_.propositions, *proposition.id) !=
                joint_.propositions.end()) {
                node.comment +=
                    ' ' + *proposition.id + ": " + report::text_in(proposition.text, language_);
            }
        }
        result_.proposition = node.name;
        parents_.push_back(add(std::move(node)));
    }

    [[nodiscard]] std::string cause_label(std::string const& key) const {
        std::size_t const space = key.find(' ');
        std::string const id = key.substr(space + 1);
        if (key.starts_with("cause ")) {
            return id;
        }
        std::string const label = label_of(of_.deliveries, id, language_) +
                                  label_of(of_.contaminations, id, language_) +
                                  label_of(of_.events, id, language_);
        return label.empty() ? id : label;
    }

    void add_causes() {
        for (lab::JointCause const& cause : joint_.causes) {
            std::string const label = cause_label(cause.key);
            parents_.push_back(
                add({.name = unique(say({"A eu lieu – {}", "Happened – {}"}, label), cause.key),
                     .states = {say({"oui", "yes"}), say({"non", "no"})},
                     .table = {cause.probability, 1.0 - cause.probability},
                     .comment = say({"Probabilité que l’affaire donne à cet événement.",
                                     "Probability that the case gives to this event."})}));
        }
    }

    void add_amount() {
        if (joint_.amounts == 1) {
            return;
        }
        lab::NetworkNode node{
            .name = unique(say({"Produit sur les zones examinées (en limites de détection)",
                                "Marker on the examined zones (in detection limits)"}),
                           ""),
            .states = {say({"aucun ou presque", "none or hardly any"}),
                       say({"moins d’une", "less than one"}),
                       say({"1 à 10", "1 to 10"}),
                       say({"10 à 100", "10 to 100"}),
                       say({"plus de 100", "more than 100"})},
            .parents = parents_};
        for (std::size_t row = 0; row < pattern_rows(); ++row) {
            auto const joint = joint_of(row);
            for (std::size_t a = 0; a < joint_.amounts; ++a) {
                double sum = 0.0;
                for (double const p : joint.subspan(a * joint_.cells(), joint_.cells())) {
                    sum += p;
                }
                node.table.push_back(sum);
            }
        }
        node.comment = say({"Quantité moyenne qui atteint l’ensemble des zones examinées, sous les "
                            "{} tirages des paramètres du modèle. « Aucun ou presque » : moins de "
                            "0,01.",
                            "Mean amount that reaches the examined zones together, over the {} "
                            "draws of the model's parameters. 'None or hardly any': below 0.01."},
                           joint_.draws);
        parents_.push_back(add(std::move(node)));
    }

    /// Sums of the joint distribution over all zones after the first z + 1.
    [[nodiscard]] std::vector<double> marginal(std::span<double const> cells, std::size_t z) const {
        std::size_t kept = 1;
        for (std::size_t i = 0; i <= z; ++i) {
            kept *= joint_.levels;
        }
        std::size_t const rest = cells.size() / kept;
        std::vector<double> sums(kept, 0.0);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            sums[i / rest] += cells[i];
        }
        return sums;
    }

    void add_level(std::size_t z) {
        auto const& zone = joint_.zones[z];
        std::string const label = report::zone_label(of_, zone.examined.finding.zone, language_);
        lab::NetworkNode node{
            .name = unique(zone.first_is_detected
                               ? say({"Décelable – {}", "Detectable – {}"}, label)
                               : say({"Conforme au constat – {}", "As found – {}"}, label),
                           zone.examined.finding.zone),
            .parents = parents_};
        node.states =
            joint_.levels == 3
                ? std::vector{say({"rien", "nothing"}),
                              say({"une fois sur deux", "one time in two"}),
                              say({"à coup sûr", "for certain"})}
                : std::vector{say({"rien", "nothing"}), say({"à coup sûr", "for certain"})};
        for (std::size_t row = 0; row < pattern_rows(); ++row) {
            for (std::size_t a = 0; a < joint_.amounts; ++a) {
                add_level_rows(joint_of(row).subspan(a * joint_.cells(), joint_.cells()), z, node);
            }
        }
        node.comment =
            say({"Avec quelle probabilité ce qui se trouve sur cette zone (produit, contamination "
                 "ou autre matière qui brille) donne le constat : 0, 1/2 ou 1. Les probabilités "
                 "intermédiaires sont réparties entre les deux voisines, ce qui ne change celle "
                 "d’aucun ensemble de constats. Ce qui n’a aucune probabilité a des lignes égales.",
                 "With what probability that which lies on this zone (marker, contamination or "
                 "other matter that glows) gives the finding: 0, 1/2 or 1. Probabilities between "
                 "two of them are shared between both, which changes that of no set of findings. "
                 "What has no probability has even rows."});
        levels_.push_back(add(std::move(node)));
        parents_.push_back(levels_.back());
    }

    // p(level of z | levels before it), one row for each of these.
    void
    add_level_rows(std::span<double const> cells, std::size_t z, lab::NetworkNode& node) const {
        auto const sums = marginal(cells, z);
        for (std::size_t first = 0; first < sums.size(); first += joint_.levels) {
            double row = 0.0;
            for (std::size_t l = 0; l < joint_.levels; ++l) {
                row += sums[first + l];
            }
            for (std::size_t l = 0; l < joint_.levels; ++l) {
                node.table.push_back(row > 0.0 ? sums[first + l] / row
                                               : 1.0 / static_cast<double>(joint_.levels));
            }
        }
    }

    void add_finding(std::size_t z) {
        auto const& zone = joint_.zones[z];
        std::string const& id = zone.examined.finding.zone;
        std::string const label = report::zone_label(of_, id, language_);
        lab::NetworkNode node{.name = unique(say({"Constat – {}", "Finding – {}"}, label), id),
                              .parents = {levels_[z]}};
        node.states =
            zone.first_is_detected
                ? std::vector{say({"détecté", "detected"}), say({"non détecté", "not detected"})}
                : std::vector{say({"comme constaté", "as found"}), say({"autre", "other"})};
        for (std::size_t l = 0; l < joint_.levels; ++l) {
            double const p = static_cast<double>(l) / static_cast<double>(joint_.levels - 1);
            node.table.insert(node.table.end(), {p, 1.0 - p});
        }
        std::string const& found = node.states[zone.found_first ? 0 : 1];
        node.comment =
            zone.first_is_detected
                ? say({"Constat de l’affaire : {}. L’autre état dit ce qu’aurait valu l’autre "
                       "constat.",
                       "Finding of the case: {}. The other state says what the other finding would "
                       "have been worth."},
                      found)
                : say({"Constat de l’affaire : un nombre, une quantité ou une lecture ; seul cet "
                       "état a un sens, à un facteur près. Pour un autre constat, changer "
                       "l’affaire et exporter de nouveau.",
                       "Finding of the case: a count, an amount or a reading; only that state has "
                       "a "
                       "meaning, up to a factor. For another finding change the case and export "
                       "again."});
        result_.found.push_back({node.name, found});
        add(std::move(node));
    }

    casefile::Case const& of_;
    lab::FindingsJoint const& joint_;
    Language language_;
    std::set<std::string> names_;
    std::vector<std::size_t> parents_; ///< of the next node: all before it but the findings
    std::vector<std::size_t> levels_;
    CaseNetwork result_;
};

} // namespace

CaseNetwork
to_network(casefile::Case const& of, lab::FindingsJoint const& joint, Language language) {
    return Builder{of, joint, language}.build();
}

} // namespace cmq::pipeline
