// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/network/templates.hpp"

#include "core/error.hpp"

#include <array>
#include <utility>
#include <vector>

namespace cmq::lab {
namespace {

constexpr std::string_view vink =
    "M. Vink, J. A. de Koeijer, M. J. Sjerps, Forensic Sci. Int.: Synergy 9 (2024) 100546";

constexpr std::array templates{
    NetworkTemplate{"disputed-activity",
                    {"la personne a-t-elle fait l’acte, ou une autre ? Une trace sur un objet "
                     "qu’elle a manié pour une autre raison",
                     "did the person do it, or someone else? A trace on an item that the person "
                     "handled for another reason"},
                    {"les nombres sont ceux de l’exemple de la source",
                     "the numbers are those of the source's example"},
                    vink},
    NetworkTemplate{"disputed-item",
                    {"et l’objet lui-même, a-t-il servi à l’acte ? Deux genres de traces",
                     "and the item itself: was it used? Two kinds of traces"},
                    {"les nombres sont ceux de l’exemple de la source",
                     "the numbers are those of the source's example"},
                    vink},
    NetworkTemplate{
        "contamination",
        {"une constatation que l’une des propositions exclut, sauf contamination ou erreur",
         "a finding that one of the propositions excludes, but for a contamination or an error"},
        {"les nombres sont des exemples, sans source", "the numbers are examples without a source"},
        "I. De March, F. Taroni, 2019 (contamination as a node; conflict measure)"},
};

/// Adds nodes in one of two languages.
class Builder {
public:
    explicit Builder(Language language) : language_{language} {}

    // Parents by the order in which they were added.
    std::size_t add(Words name,
                    std::vector<Words> const& states,
                    std::vector<std::size_t> const& parents,
                    std::vector<double> table,
                    Words comment) {
        NetworkNode node;
        node.name = name.in(language_);
        for (Words const& state : states) {
            node.states.emplace_back(state.in(language_));
        }
        node.parents = parents;
        node.table = std::move(table);
        node.comment = comment.in(language_);
        network_.nodes.push_back(std::move(node));
        return network_.nodes.size() - 1;
    }

    // A node that is or is not so: probabilities that it is, row by row.
    std::size_t add_if(Words name,
                       std::vector<std::size_t> const& parents,
                       std::vector<double> const& yes,
                       Words comment) {
        std::vector<double> table;
        for (double const p : yes) {
            table.insert(table.end(), {p, 1.0 - p});
        }
        return add(name, {{"oui", "yes"}, {"non", "no"}}, parents, std::move(table), comment);
    }

    std::size_t add_propositions() {
        return add({"Proposition", "Proposition"},
                   {{"H1", "H1"}, {"H2", "H2"}},
                   {},
                   {0.5, 0.5},
                   {"H1 : la personne a fait l’acte ; H2 : une autre. Les probabilités de ce nœud "
                    "n’entrent pas "
                    "dans le rapport de vraisemblance.",
                    "H1: the person did it; H2: someone else. The probabilities of this node do "
                    "not enter the "
                    "likelihood ratio."});
    }

    Network take(Words name) {
        network_.name = name.in(language_);
        return std::move(network_);
    }

private:
    Language language_;
    Network network_{};
};

constexpr Words example{"exemple de la source ; à remplacer",
                        "example of the source; to be replaced"};
constexpr Words logical{"certain, par définition", "certain, by definition"};

/// Traces of the person and of another on the item, whichever act brought them. `used`: the node that says
/// whether the item was used in the act; without it, it was.
void add_traces(Builder& to, std::size_t h, std::vector<std::size_t> const& used) {
    std::size_t const handled =
        to.add_if({"La personne a manié l’objet auparavant", "The person handled the item before"},
                  {},
                  {1.0},
                  {"acte licite, admis par les deux côtés dans l’exemple de la source",
                   "a lawful act that both sides agree on in the source's example"});
    std::size_t const person =
        to.add_if({"La personne a fait l’acte", "The person did it"}, {h}, {1.0, 0.0}, logical);
    std::size_t const other =
        to.add_if({"Une autre a fait l’acte", "Someone else did it"}, {h}, {0.0, 1.0}, logical);
    auto const with_used = [&](std::size_t act) {
        std::vector<std::size_t> parents{act};
        parents.insert(parents.end(), used.begin(), used.end());
        return parents;
    };
    // Rows: act and item used; without the item in question, act alone.
    auto const by_act =
        used.empty() ? std::vector<double>{0.95, 0.0} : std::vector<double>{0.95, 0.0, 0.0, 0.0};
    std::size_t const by_handling =
        to.add_if({"Transfert en maniant l’objet", "Transfer by handling the item"},
                  {handled},
                  {0.6, 0.0},
                  example);
    std::size_t const by_person =
        to.add_if({"Transfert par l’acte de la personne", "Transfer by the person's act"},
                  with_used(person),
                  by_act,
                  example);
    std::size_t const by_other =
        to.add_if({"Transfert par l’acte d’une autre", "Transfer by someone else's act"},
                  with_used(other),
                  by_act,
                  example);
    std::size_t const background = to.add_if(
        {"Fond d’une autre personne sur l’objet", "Background of someone else on the item"},
        {},
        {0.6},
        example);
    std::vector<double> const either{1.0, 1.0, 1.0, 0.0};
    std::size_t const of_person =
        to.add_if({"Trace de la personne sur l’objet", "Trace of the person on the item"},
                  {by_handling, by_person},
                  either,
                  logical);
    std::size_t const of_other =
        to.add_if({"Trace d’une autre sur l’objet", "Trace of someone else on the item"},
                  {background, by_other},
                  either,
                  logical);
    to.add({"Constatation sur l’objet", "Finding on the item"},
           {{"la personne seule", "the person alone"},
            {"la personne et une autre", "the person and someone else"},
            {"une autre seule", "someone else alone"},
            {"rien", "nothing"}},
           {of_person, of_other},
           {0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1},
           logical);
}

Network disputed_activity(Language language) {
    Builder to{language};
    add_traces(to, to.add_propositions(), {});
    return to.take({"Acte contesté", "Disputed activity"});
}

Network disputed_item(Language language) {
    Builder to{language};
    std::size_t const h = to.add_propositions();
    std::size_t const used = to.add_if(
        {"L’objet a servi à l’acte", "The item was used in the act"},
        {},
        {0.5},
        {"proposition d’association ; à remplacer", "association proposition; to be replaced"});
    add_traces(to, h, {used});
    std::size_t const transfer = to.add_if({"Transfert de fibres à l’objet pendant l’acte",
                                            "Transfer of fibres to the item in the act"},
                                           {used},
                                           {0.6, 0.0},
                                           example);
    std::size_t const background = to.add_if(
        {"Fond de fibres semblables sur l’objet", "Background of like fibres on the item"},
        {},
        {0.2},
        example);
    to.add_if({"Fibres semblables trouvées sur l’objet", "Like fibres found on the item"},
              {background, transfer},
              {1.0, 1.0, 1.0, 0.0},
              logical);
    return to.take({"Objet contesté", "Disputed item"});
}

Network contamination(Language language) {
    Builder to{language};
    constexpr Words placeholder{"exemple sans source ; à remplacer",
                                "example without a source; to be replaced"};
    std::size_t const h = to.add_propositions();
    std::size_t const error =
        to.add_if({"Contamination ou erreur", "Contamination or error"}, {}, {0.02}, placeholder);
    to.add_if({"Trace constatée", "Trace found"}, {error, h}, {1.0, 1.0, 0.6, 0.0}, placeholder);
    return to.take({"Contamination", "Contamination"});
}

} // namespace

std::span<NetworkTemplate const> network_templates() noexcept {
    return templates;
}

Network make_template(std::string_view name, Language language) {
    std::string names;
    for (NetworkTemplate const& one : templates) {
        if (one.name == name) {
            return name == "disputed-activity" ? disputed_activity(language)
                   : name == "disputed-item"   ? disputed_item(language)
                                               : contamination(language);
        }
        names += (names.empty() ? "" : ", ") + std::string{one.name};
    }
    throw Error{
        ErrorKind::domain,
        {"il n’y a pas de modèle « {} » ; il y a : {}", "there is no template '{}'; there are: {}"},
        name,
        names};
}

} // namespace cmq::lab
