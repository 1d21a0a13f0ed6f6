// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Numbers that know their unit. They cost nothing at run time and cannot be mixed up in a call.

#pragma once

#include <compare>

namespace cmq {

/// A double with a unit in its type. Same-unit sums and scaling by a bare number are allowed;
/// everything else is written out with .value, so that each conversion is visible.
template <class Unit>
struct Quantity {
    double value{};

    constexpr Quantity() = default;

    constexpr explicit Quantity(double v) : value{v} {}

    friend constexpr auto operator<=>(Quantity, Quantity) = default;

    friend constexpr Quantity operator+(Quantity a, Quantity b) {
        return Quantity{a.value + b.value};
    }

    friend constexpr Quantity operator-(Quantity a, Quantity b) {
        return Quantity{a.value - b.value};
    }

    friend constexpr Quantity operator*(double k, Quantity a) { return Quantity{k * a.value}; }
};

using Electrons = Quantity<struct ElectronsUnit>;
using Digital = Quantity<struct DigitalUnit>;                         ///< raw sensor number, DN
using ElectronsPerDigital = Quantity<struct ElectronsPerDigitalUnit>; ///< conversion gain, e-/DN
using Log10Lr = Quantity<struct Log10LrUnit>; ///< log10 of a likelihood ratio

} // namespace cmq
