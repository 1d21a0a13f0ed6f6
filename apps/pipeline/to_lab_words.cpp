// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/to_lab_words.hpp"

namespace cmq::pipeline {

// switch without default: a new word of the case file must find its meaning here to compile.
lab::Surface to_lab(casefile::Surface surface) noexcept {
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

lab::DeliveryKind to_lab(casefile::DeliveryKind kind) noexcept {
    switch (kind) {
    case casefile::DeliveryKind::pellet:
    case casefile::DeliveryKind::other: // its load is given, and nothing else depends on the kind
        return lab::DeliveryKind::pellet;
    case casefile::DeliveryKind::spray:
        return lab::DeliveryKind::spray;
    case casefile::DeliveryKind::shower:
        return lab::DeliveryKind::shower;
    case casefile::DeliveryKind::crowd:
        return lab::DeliveryKind::crowd;
    case casefile::DeliveryKind::drone:
        break;
    }
    return lab::DeliveryKind::drone;
}

lab::EventKind to_lab(casefile::EventKind kind) noexcept {
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

lab::Pressure to_lab(casefile::Pressure pressure) noexcept {
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

lab::Side to_lab(casefile::Side side) noexcept {
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

lab::Grade to_lab(casefile::Grade grade) noexcept {
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

std::optional<lab::FindingKind> to_lab(casefile::ObservationKind kind) noexcept {
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
    case casefile::ObservationKind::search:
        break;
    }
    return {};
}

} // namespace cmq::pipeline
