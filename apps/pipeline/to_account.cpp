// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_account.hpp"

#include "apps/pipeline/add_places.hpp"
#include "apps/pipeline/to_lab_words.hpp"
#include "apps/pipeline/to_parameters.hpp"
#include "casefile/problems.hpp"

#include <algorithm>
#include <optional>

namespace cmq::pipeline {
namespace {

using casefile::Case;

lab::Instant to_instant(casefile::Placed<casefile::Moment> const& at) {
    return {.minutes = at->minutes, .half_width = at->uncertainty_min};
}

std::optional<double> bare(std::optional<casefile::Placed<double>> const& number) {
    return number ? std::optional{**number} : std::nullopt;
}

template <class Shares>
std::vector<lab::ZoneShare> to_zones(Shares const& shares) {
    std::vector<lab::ZoneShare> zones;
    zones.reserve(shares.size());
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

std::optional<lab::Aim> to_aim(casefile::Delivery const& from) {
    if (!from.aim_offset_m) {
        return std::nullopt;
    }
    return lab::Aim{.offset_m = *from.aim_offset_m, .half_width_m = from.body_half_width_m};
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
                                      .mean_load_dl = bare(from.amount_dl),
                                      .distance_m = from.distance_m,
                                      .aim = to_aim(from),
                                      .contacts = from.contacts});
        for (auto const& [zone, offset] : from.offsets_m) {
            auto& zones = account.deliveries.back().zones;
            std::ranges::find(zones, *zone, &lab::ZoneShare::carrier)->offset_m = offset;
        }
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
        account.look_alikes.push_back({.id = *from.id,
                                       .prevalence = bare(from.prevalence),
                                       .seen = bare(from.seen),
                                       .is_other_lot = from.other_lot});
    }
    if (of.population) {
        account.people_checked = of.population->checked;
    }
    return account;
}

// The library's share of people who bear a look-alike is that of things that glow.
void check_look_alikes(Case const& of) {
    bool const stated =
        !of.lookalikes.empty() || std::ranges::any_of(of.parameters, [](auto const& replaced) {
            return *replaced.name == "look_alike.prevalence";
        });
    auto const darker = std::ranges::find_if(
        of.captures, [](casefile::Capture const& one) { return casefile::seeks_darker(one); });
    if (!of.comparisons.empty() && darker != of.captures.end() && !stated) {
        throw casefile::make_error(
            ErrorKind::insufficient,
            darker->marks->place,
            {"des marques qui prennent la lumière sont recherchées ici, et la bibliothèque ne dit "
             "que combien de "
             "personnes portent une autre matière fluorescente ; déclarer une [[lookalike]] (sans "
             "prevalence si elle "
             "n’est pas connue) ou le [[parameter]] look_alike.prevalence de ce qui assombrit",
             "marks that take light away are sought here, and the library only says how many "
             "people bear another "
             "material that glows; declare a [[lookalike]] (without prevalence where it is not "
             "known) or the "
             "[[parameter]] look_alike.prevalence of what darkens"});
    }
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
        for (casefile::Assigned const& assigned : of.assigned) {
            if (*assigned.proposition == proposition.id) {
                proposition.assigned = to_assigned(assigned);
            }
        }
        propositions.push_back(std::move(proposition));
    }
    return propositions;
}

lab::Finding to_finding(casefile::Observation const& from, double without_time) {
    return {.id = *from.id,
            .zone = *from.zone,
            // A code that was read was there to be read; what the code says is not weighed.
            .kind = to_lab(*from.kind).value_or(lab::FindingKind::detected),
            .examination = from.examined_by == casefile::ExaminedBy::visual
                               ? lab::Examination::visual
                               : lab::Examination::instrument,
            .value = bare(from.value).value_or(0.0),
            .sigma = bare(from.sigma).value_or(0.0),
            .minutes = from.at ? (*from.at)->minutes : without_time,
            .look_alike_ratio = {}};
}

// A reading is weighed where nothing else tells of its zone.
bool is_weighed(Case const& of, casefile::Observation const& seen) {
    if (*seen.kind != casefile::ObservationKind::reading) {
        return true;
    }
    auto const same = [&](casefile::Observation const& other) { return *other.zone == *seen.zone; };
    auto const first = std::ranges::find_if(of.observations, same);
    bool const alone =
        &*first == &seen &&
        std::ranges::none_of(std::next(first), of.observations.end(), [&](auto const& other) {
            return same(other) && *other.kind != casefile::ObservationKind::reading;
        });
    return alone && std::ranges::none_of(of.captures, [&](casefile::Capture const& capture) {
               return *capture.role == casefile::CaptureRole::evidence && capture.zone &&
                      **capture.zone == *seen.zone;
           });
}

void check_readings(Case const& of) {
    for (casefile::Observation const& seen : of.observations) {
        for (casefile::Observation const& other : of.observations) {
            if (*seen.kind == casefile::ObservationKind::reading &&
                *other.kind == casefile::ObservationKind::not_detected &&
                *other.zone == *seen.zone) {
                throw casefile::make_error(
                    ErrorKind::unsupported,
                    seen.kind.place,
                    {"un code a été lu sur la zone {}, où {} n’a rien vu ; cette version évalue "
                     "une "
                     "observation par zone : garder celle du meilleur examen",
                     "a code was read on zone {}, where nothing was seen by {}; this version "
                     "weighs one "
                     "finding a zone: keep the one of the better examination"},
                    casefile::in_quotes(*seen.zone),
                    casefile::in_quotes(*other.id));
            }
        }
    }
}

lab::Proposition const& proposition_of(Translation const& translation,
                                       casefile::Placed<std::string> const& id) {
    auto const found = std::ranges::find(translation.propositions, *id, &lab::Proposition::id);
    if (found == translation.propositions.end()) {
        throw casefile::make_error(ErrorKind::format,
                                   id.place,
                                   {"attendu : l’identifiant d’une [[proposition]] ; trouvé : {}",
                                    "expected the id of a [[proposition]], found {}"},
                                   casefile::in_quotes(*id));
    }
    return *found;
}

} // namespace

lab::Assigned to_assigned(casefile::Assigned const& from) {
    lab::Assigned assigned{.zones = {},
                           .probability = *from.probability,
                           .low = bare(from.low),
                           .high = bare(from.high),
                           .author = from.reasons.author,
                           .reasons_fr = from.reasons.text.fr,
                           .reasons_en = from.reasons.text.en,
                           .date = from.date};
    for (auto const& zone : from.zones) {
        assigned.zones.push_back(*zone);
    }
    return assigned;
}

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
    for (auto const& reading : of.readings) {
        if (reading.at) {
            take(**reading.at);
        }
    }
    return latest.value_or(0.0);
}

Translation to_account(Case const& of) {
    check_look_alikes(of);
    Translation out{.account = make_account(of),
                    .propositions = make_propositions(of),
                    .findings = {},
                    .parameters = to_parameters(of),
                    .undated = {}};
    try {
        check(out.account);
    } catch (Error& error) {
        add_places(error, of);
        throw;
    }
    double const without_time = examination_minutes(of);
    check_readings(of);
    for (auto const& seen : of.observations) {
        if (!is_weighed(of, seen)) {
            continue;
        }
        out.findings.push_back(to_finding(seen, without_time));
        if (!seen.at && *seen.kind != casefile::ObservationKind::not_examined) {
            out.undated.push_back(*seen.id);
        }
    }
    return out;
}

void heed_codes(std::span<lab::Finding const> findings, lab::Account& account) {
    bool const is_other = std::ranges::any_of(findings, [](lab::Finding const& finding) {
        return finding.code && finding.code->given_other_lot > finding.code->given_material &&
               finding.code->given_other_lot > finding.code->given_marker;
    });
    bool const has_class = std::ranges::any_of(account.look_alikes, &lab::LookAlike::is_other_lot);
    if (is_other && !has_class) {
        account.look_alikes.push_back(
            {.id = "other_lot", .prevalence = {}, .seen = {}, .is_other_lot = true});
    }
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
    return evaluate_comparison(
        of, translation, comparison, findings, to_settings(of, threads), progress);
}

lab::Evaluation evaluate_comparison(Case const& of,
                                    Translation const& translation,
                                    casefile::Comparison const& comparison,
                                    std::span<lab::Finding const> findings,
                                    lab::Settings const& settings,
                                    Progress const& progress) {
    lab::Proposition const& h1 = proposition_of(translation, comparison.h1);
    lab::Proposition const& h2 = proposition_of(translation, comparison.h2);
    lab::Account account = translation.account;
    heed_codes(findings, account);
    try {
        return lab::evaluate(account, h1, h2, findings, translation.parameters, settings, progress);
    } catch (Error& error) {
        add_places(error, of);
        error.at(casefile::to_sentence(comparison.place));
        throw;
    }
}

void check_typed_findings(Case const& of) {
    std::vector<Sentence> unmeasured;
    for (auto const& capture : of.captures) {
        bool const typed = std::ranges::any_of(of.observations, [&](auto const& seen) {
            return capture.zone && *seen.zone == **capture.zone;
        });
        if (*capture.role == casefile::CaptureRole::evidence && !typed) {
            unmeasured.emplace_back(
                Form<2>{"{} ({})", "{} ({})"}, *capture.id, to_sentence(capture.file.place));
        }
    }
    if (!unmeasured.empty()) {
        throw Error{
            ErrorKind::insufficient,
            {"captures que personne n’a encore mesurées : {} ; lancer « contremarque analyse » sur "
             "l’affaire, ou ajouter une [[observation]] de la zone de chacune",
             "captures that nobody has measured yet: {}; run 'contremarque analyse' on the case, "
             "or add an [[observation]] of the zone of each"},
            joined(unmeasured, ", ")};
    }
}

} // namespace cmq::pipeline
