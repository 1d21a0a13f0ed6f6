// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_account.hpp"

#include "casefile/parameter_library.hpp"
#include "casefile/problems.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <optional>
#include <string_view>

namespace cmq::pipeline {
namespace {

using casefile::Case;
using casefile::Place;

lab::Instant to_instant(casefile::Placed<casefile::Moment> const& at) {
    return {.minutes = at->minutes, .half_width = at->uncertainty_min};
}

// switch without default: a new word of the case file must find its meaning here to compile.
lab::Surface to_lab(casefile::Surface surface) {
    switch (surface) {
    case casefile::Surface::skin:
        return lab::Surface::skin;
    case casefile::Surface::porous:
        return lab::Surface::porous;
    case casefile::Surface::smooth:
        break;
    }
    return lab::Surface::smooth;
}

lab::DeliveryKind to_lab(casefile::DeliveryKind kind) {
    switch (kind) {
    case casefile::DeliveryKind::pellet:
    case casefile::DeliveryKind::other: // its load is given, and nothing else depends on the kind
        return lab::DeliveryKind::pellet;
    case casefile::DeliveryKind::spray:
        return lab::DeliveryKind::spray;
    case casefile::DeliveryKind::shower:
        return lab::DeliveryKind::shower;
    case casefile::DeliveryKind::drone:
        break;
    }
    return lab::DeliveryKind::drone;
}

lab::EventKind to_lab(casefile::EventKind kind) {
    switch (kind) {
    case casefile::EventKind::contact:
        return lab::EventKind::contact;
    case casefile::EventKind::wear:
        return lab::EventKind::wear;
    case casefile::EventKind::package:
        return lab::EventKind::package;
    case casefile::EventKind::search:
        return lab::EventKind::search;
    case casefile::EventKind::handcuffing:
        return lab::EventKind::handcuffing;
    case casefile::EventKind::swab:
        return lab::EventKind::swab;
    case casefile::EventKind::wash:
        return lab::EventKind::wash;
    case casefile::EventKind::glove_change:
        break;
    }
    return lab::EventKind::glove_change;
}

lab::Pressure to_lab(casefile::Pressure pressure) {
    switch (pressure) {
    case casefile::Pressure::light:
        return lab::Pressure::light;
    case casefile::Pressure::normal:
        return lab::Pressure::normal;
    case casefile::Pressure::firm:
        break;
    }
    return lab::Pressure::firm;
}

lab::Side to_lab(casefile::Side side) {
    switch (side) {
    case casefile::Side::prosecution:
        return lab::Side::prosecution;
    case casefile::Side::defence:
        return lab::Side::defence;
    case casefile::Side::neither:
        break;
    }
    return lab::Side::neither;
}

lab::Grade to_lab(casefile::Grade grade) {
    switch (grade) {
    case casefile::Grade::measured_on_product:
        return lab::Grade::measured_on_product;
    case casefile::Grade::measured_on_proxy:
        return lab::Grade::measured_on_proxy;
    case casefile::Grade::expert_judgement:
    case casefile::Grade::reported: // the schema lets no parameter be `reported`
        break;
    }
    return lab::Grade::expert_judgement;
}

std::optional<lab::FindingKind> to_lab(casefile::ObservationKind kind) {
    switch (kind) {
    case casefile::ObservationKind::detected:
        return lab::FindingKind::detected;
    case casefile::ObservationKind::not_detected:
        return lab::FindingKind::not_detected;
    case casefile::ObservationKind::not_examined:
        return lab::FindingKind::not_examined;
    case casefile::ObservationKind::count:
        return lab::FindingKind::count;
    case casefile::ObservationKind::amount:
        return lab::FindingKind::amount;
    case casefile::ObservationKind::reading:
        break;
    }
    return {};
}

std::optional<double> bare(std::optional<casefile::Placed<double>> const& number) {
    return number ? std::optional{**number} : std::nullopt;
}

template <class Shares>
std::vector<lab::ZoneShare> to_zones(Shares const& shares) {
    std::vector<lab::ZoneShare> zones;
    for (auto const& [zone, share] : shares) {
        zones.push_back({.carrier = *zone, .share = share});
    }
    return zones;
}

lab::Event to_event(casefile::Event const& from) {
    lab::Event event;
    event.id = *from.id;
    event.kind = to_lab(*from.kind);
    for (auto const& carrier : from.carriers) {
        event.between.push_back(*carrier);
    }
    event.when = to_instant(from.at);
    event.probability = *from.probability;
    event.cause = from.cause;
    if (from.pressure) {
        event.pressure = to_lab(*from.pressure);
    }
    event.friction = from.friction;
    event.solvent = from.solvent;
    event.area = from.area;
    event.one_way = from.one_way;
    event.after = from.after ? **from.after : "";
    return event;
}

lab::Account make_account(Case const& of) {
    lab::Account account;
    for (auto const& carrier : of.carriers) {
        account.carriers.push_back({.id = *carrier.id, .surface = to_lab(*carrier.surface)});
    }
    for (auto const& from : of.deliveries) {
        account.deliveries.push_back({.id = *from.id,
                                      .kind = to_lab(*from.kind),
                                      .when = to_instant(from.at),
                                      .zones = to_zones(from.zones),
                                      .probability = *from.probability,
                                      .cause = from.cause,
                                      .mean_load_dl = bare(from.amount_dl)});
    }
    for (auto const& from : of.contaminations) {
        account.deliveries.push_back({.id = *from.id,
                                      .kind = lab::DeliveryKind::contamination,
                                      .when = to_instant(from.at),
                                      .zones = to_zones(from.zones),
                                      .probability = *from.probability,
                                      .cause = from.cause,
                                      .mean_load_dl = bare(from.amount_dl)});
    }
    for (auto const& from : of.events) {
        account.events.push_back(to_event(from));
    }
    if (!of.lookalikes.empty()) {
        account.look_alikes.clear(); // the case's own replace the unspecified one
    }
    for (auto const& from : of.lookalikes) {
        account.look_alikes.push_back(
            {.id = *from.id, .prevalence = bare(from.prevalence), .seen = bare(from.seen)});
    }
    if (of.population) {
        account.people_checked = of.population->checked;
    }
    return account;
}

std::vector<lab::Proposition> make_propositions(Case const& of) {
    std::vector<lab::Proposition> propositions;
    for (auto const& from : of.propositions) {
        lab::Proposition proposition{.id = *from.id, .side = to_lab(*from.side)};
        for (auto const& delivery : from.deliveries) {
            proposition.deliveries.push_back(*delivery);
        }
        for (auto const& event : from.events) {
            proposition.events.push_back(*event);
        }
        propositions.push_back(std::move(proposition));
    }
    return propositions;
}

lab::Finding to_finding(casefile::Observation const& from, double without_time) {
    auto const kind = to_lab(*from.kind);
    if (!kind) {
        throw casefile::make_error(
            ErrorKind::unsupported,
            from.kind.place,
            "this version does not weigh code readings; keep the reading out "
            "of the file, or write what was seen as kind = \"detected\"");
    }
    return {.id = *from.id,
            .zone = *from.zone,
            .kind = *kind,
            .examination = from.examined_by == casefile::ExaminedBy::visual
                               ? lab::Examination::visual
                               : lab::Examination::instrument,
            .value = bare(from.value).value_or(0.0),
            .sigma = bare(from.sigma).value_or(0.0),
            .minutes = from.at ? (*from.at)->minutes : without_time,
            .look_alike_ratio = {}};
}

using Numbers = std::vector<std::pair<std::string, casefile::Placed<double>>>;

std::optional<double> number_of(Numbers const& numbers, std::string_view name) {
    for (auto const& [key, number] : numbers) {
        if (key == name) {
            return *number;
        }
    }
    return {};
}

lab::Distribution to_distribution(std::string const& kind, Numbers const& numbers) {
    struct Form {
        std::string_view kind;
        lab::DistributionKind as;
        std::string_view first;
        std::string_view second;
    };

    static constexpr std::array<Form, 6> forms{{
        {"fixed", lab::DistributionKind::fixed, "value", ""},
        {"lognormal", lab::DistributionKind::lognormal, "median", "gsd"},
        {"beta", lab::DistributionKind::beta, "a", "b"},
        {"log_uniform", lab::DistributionKind::log_uniform, "low", "high"},
        {"uniform", lab::DistributionKind::uniform, "low", "high"},
        {"gamma", lab::DistributionKind::gamma, "shape", "rate"},
    }};
    auto const form = std::ranges::find(forms, kind, &Form::kind);
    CMQ_EXPECTS(form != forms.end());
    lab::Distribution distribution{.kind = form->as,
                                   .first = number_of(numbers, form->first).value_or(0.0),
                                   .second = number_of(numbers, form->second).value_or(0.0)};
    if (form->first != "low") { // where low and high are no numbers of the kind, they cut it off
        distribution.low = number_of(numbers, "low");
        distribution.high = number_of(numbers, "high");
    }
    return distribution;
}

lab::Parameter to_parameter(casefile::ParameterEntry const& from) {
    return {.name = *from.name,
            .meaning = from.meaning,
            .unit = from.unit,
            .distribution = to_distribution(from.distribution, from.numbers),
            .conditions = from.conditions,
            .source = from.source,
            .grade = to_lab(from.grade),
            .label_fr = from.label.fr,
            .label_en = from.label.en};
}

void replace_parameter(std::vector<lab::Parameter>& all, casefile::ParameterOverride const& with) {
    auto const found = std::ranges::find(all, *with.name, &lab::Parameter::name);
    if (found == all.end()) {
        std::vector<std::string_view> const names = [&] {
            std::vector<std::string_view> list;
            std::ranges::transform(all, std::back_inserter(list), &lab::Parameter::name);
            return list;
        }();
        throw casefile::make_error(ErrorKind::format,
                                   with.name.place,
                                   "expected the name of a parameter of the library, found " +
                                       casefile::in_quotes(*with.name) +
                                       casefile::did_you_mean(*with.name, names));
    }
    found->distribution = to_distribution(with.distribution, with.numbers);
    found->conditions = with.conditions;
    found->source = with.source;
    found->grade = to_lab(with.grade);
    try {
        check(found->distribution);
    } catch (Error& error) {
        error.at(to_text(with.place));
        throw;
    }
}

lab::ParameterSet make_parameters(Case const& of) {
    std::vector<lab::Parameter> all;
    for (casefile::ParameterEntry const& entry : casefile::read_parameter_library()) {
        all.push_back(to_parameter(entry));
    }
    for (casefile::ParameterOverride const& with : of.parameters) {
        replace_parameter(all, with);
    }
    return lab::ParameterSet{std::move(all)};
}

// "event handshake" and the like, as lab's sentences call the entries, with their places.
std::map<std::string, Place> names_of(Case const& of) {
    std::map<std::string, Place> names;
    auto const add = [&](std::string const& what, auto const& entries) {
        for (auto const& entry : entries) {
            names.emplace(what + " " + *entry.id, entry.id.place);
        }
    };
    add("carrier", of.carriers);
    add("delivery", of.deliveries);
    add("delivery", of.contaminations);
    add("event", of.events);
    add("after", of.deliveries); // "... is stated to come after shot1": both lines are named
    add("after", of.contaminations);
    add("after", of.events);
    add("look-alike", of.lookalikes);
    add("finding", of.observations);
    add("finding", of.captures);
    add("proposition", of.propositions);
    for (auto const& parameter : of.parameters) {
        names.emplace("parameter " + *parameter.name, parameter.name.place);
    }
    return names;
}

// Adds the place of every entry that the sentence names, in the order of the sentence.
void add_places(Error& error, Case const& of) {
    std::string const sentence = error.full_text();
    std::map<std::size_t, std::pair<std::size_t, Place>> found;
    for (auto const& [name, place] : names_of(of)) {
        for (auto at = sentence.find(name); at != std::string::npos;
             at = sentence.find(name, at + 1)) {
            char const next = at + name.size() < sentence.size() ? sentence[at + name.size()] : ':';
            bool const ends = next == ':' || next == ',' || next == ' ' || next == ';';
            auto& best = found[at]; // of "event a" and "event a b" the longer one is meant
            if (ends && name.size() > best.first) {
                best = {name.size(), place};
            }
        }
    }
    std::vector<Place> told;
    for (auto const& [at, match] : found) {
        if (match.first > 0 && std::ranges::find(told, match.second) == told.end()) {
            told.push_back(match.second);
            error.at(to_text(match.second));
        }
    }
}

lab::Proposition const& proposition_of(Translation const& translation,
                                       casefile::Placed<std::string> const& id) {
    auto const found = std::ranges::find(translation.propositions, *id, &lab::Proposition::id);
    if (found == translation.propositions.end()) {
        throw casefile::make_error(ErrorKind::format,
                                   id.place,
                                   "expected the id of a [[proposition]], found " +
                                       casefile::in_quotes(*id));
    }
    return *found;
}

} // namespace

double examination_minutes(Case const& of) {
    std::optional<double> latest;
    auto const take = [&](casefile::Moment const& at) {
        double const end = at.minutes + at.uncertainty_min;
        latest = std::max(latest.value_or(end), end);
    };
    std::ranges::for_each(of.deliveries, [&](auto const& entry) { take(*entry.at); });
    std::ranges::for_each(of.contaminations, [&](auto const& entry) { take(*entry.at); });
    std::ranges::for_each(of.events, [&](auto const& entry) { take(*entry.at); });
    for (auto const& capture : of.captures) {
        if (capture.at) {
            take(**capture.at);
        }
    }
    for (auto const& seen : of.observations) {
        if (seen.at) {
            take(**seen.at);
        }
    }
    return latest.value_or(0.0);
}

Translation to_account(Case const& of) {
    Translation out{.account = make_account(of),
                    .propositions = make_propositions(of),
                    .findings = {},
                    .parameters = make_parameters(of),
                    .undated = {}};
    try {
        check(out.account);
    } catch (Error& error) {
        add_places(error, of);
        throw;
    }
    double const without_time = examination_minutes(of);
    for (auto const& seen : of.observations) {
        out.findings.push_back(to_finding(seen, without_time));
        if (!seen.at && *seen.kind != casefile::ObservationKind::not_examined) {
            out.undated.push_back(*seen.id);
        }
    }
    return out;
}

lab::Settings to_settings(Case const& of, unsigned threads) {
    lab::Settings settings;
    settings.seed = of.settings.seed;
    settings.threads = threads;
    if (of.settings.draws) {
        settings.draws_max = static_cast<std::size_t>(*of.settings.draws);
        settings.draws_min = std::min(settings.draws_min, settings.draws_max);
    }
    return settings;
}

lab::Evaluation evaluate_comparison(Case const& of,
                                    Translation const& translation,
                                    casefile::Comparison const& comparison,
                                    std::span<lab::Finding const> findings,
                                    unsigned threads,
                                    Progress const& progress) {
    lab::Proposition const& h1 = proposition_of(translation, comparison.h1);
    lab::Proposition const& h2 = proposition_of(translation, comparison.h2);
    try {
        return lab::evaluate(translation.account,
                             h1,
                             h2,
                             findings,
                             translation.parameters,
                             to_settings(of, threads),
                             progress);
    } catch (Error& error) {
        add_places(error, of);
        error.at(to_text(comparison.place));
        throw;
    }
}

void check_typed_findings(Case const& of) {
    std::string unmeasured;
    for (auto const& capture : of.captures) {
        bool const typed = std::ranges::any_of(of.observations, [&](auto const& seen) {
            return capture.zone && *seen.zone == **capture.zone;
        });
        if (*capture.role == casefile::CaptureRole::evidence && !typed) {
            unmeasured += (unmeasured.empty() ? "" : ", ") + *capture.id + " (" +
                          to_text(capture.file.place) + ")";
        }
    }
    if (!unmeasured.empty()) {
        throw Error{
            ErrorKind::insufficient,
            "captures that nobody has measured yet: " + unmeasured +
                "; run 'contremarque analyse' on the case, or add an [[observation]] of the "
                "zone of each"};
    }
}

} // namespace cmq::pipeline
