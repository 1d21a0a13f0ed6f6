// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_fragments.hpp"

#include "core/error.hpp"
#include "lab/code/size_standard.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::lab {
namespace {

constexpr double sigmas_at_half = 2.3548; // full width at half height of a Gaussian
constexpr double reach = 6.0;             // standard deviations

std::size_t dye_of(Lot const& lot, std::size_t fragment, SimulatedCapillary const& instrument) {
    std::size_t const usable = instrument.dyes.size() - 1; // the last is the standard's
    if (lot.fragment_dyes.empty()) {
        return fragment % usable;
    }
    std::string const& name = lot.fragment_dyes[fragment];
    auto const found = std::ranges::find(instrument.dyes, name);
    auto const at = static_cast<std::size_t>(found - instrument.dyes.begin());
    if (at >= usable) {
        throw Error{ErrorKind::unsupported,
                    {"{} : le colorant {} n’est pas l’un de ceux de l’appareil simulé",
                     "{}: the dye {} is none of the simulated instrument's"},
                    lot.name,
                    name};
    }
    return at;
}

void add_standard(SimulatedCapillary const& instrument, std::vector<TrueFragment>& fragments) {
    SizeStandard const* const standard = find_size_standard(instrument.standard);
    if (standard == nullptr) {
        return;
    }
    for (double const size : standard->sizes) {
        fragments.push_back({instrument.dyes.size() - 1, size, instrument.standard_height});
    }
}

} // namespace

double scan_of(double size) noexcept {
    return 100.0 + 15.0 * size + 0.002 * size * size;
}

std::vector<std::vector<double>> simulate_dyes(SimulatedCapillary const& instrument,
                                               std::vector<TrueFragment> fragments,
                                               Random& random) {
    std::size_t const dyes = instrument.dyes.size();
    add_standard(instrument, fragments);
    std::vector<std::vector<double>> light(dyes, std::vector<double>(instrument.scans, 0.0));
    for (TrueFragment const& of : fragments) {
        double const middle = scan_of(of.size + instrument.jitter * random.normal());
        double const sigma = instrument.width * (0.8 + 0.002 * of.size) / sigmas_at_half;
        for (std::size_t i = 0; i < instrument.scans; ++i) {
            double const off = (static_cast<double>(i) - middle) / sigma;
            if (std::abs(off) < reach) {
                light[of.dye][i] += of.height * std::exp(-0.5 * off * off);
            }
        }
    }
    auto signal = light;
    for (std::size_t dye = 0; dye < dyes; ++dye) {
        for (std::size_t i = 0; i < instrument.scans; ++i) {
            double const at = static_cast<double>(i) / static_cast<double>(instrument.scans);
            signal[dye][i] += instrument.baseline * (1.0 + at) + instrument.noise * random.normal();
            if (dye > 0) {
                signal[dye][i] += instrument.bleed * light[dye - 1][i];
            }
            if (dye + 1 < dyes) {
                signal[dye][i] += instrument.bleed * light[dye + 1][i];
            }
        }
    }
    return signal;
}

std::string to_fsa(SimulatedCapillary const& instrument,
                   std::vector<std::vector<double>> const& signal) {
    std::vector<AbifValue> values;
    for (std::size_t dye = 0; dye < signal.size(); ++dye) {
        std::vector<int> shorts;
        for (double const value : signal[dye]) {
            shorts.push_back(static_cast<int>(std::clamp(std::round(value), -32768.0, 32767.0)));
        }
        int const number = dye < 4 ? static_cast<int>(dye) + 1 : 101 + static_cast<int>(dye);
        values.push_back({"DATA", number, 4, 2, to_abif_shorts(shorts)});
        values.push_back(
            {"DyeN", static_cast<int>(dye) + 1, 18, 1, to_abif_text(instrument.dyes[dye])});
    }
    values.push_back({"SpNm", 1, 18, 1, to_abif_text(instrument.sample)});
    values.push_back({"MODL", 1, 2, 1, instrument.instrument});
    values.insert(values.end(), instrument.more.begin(), instrument.more.end());
    return to_abif(values);
}

std::string simulate_fragments(std::span<TubeLot const> tube,
                               FragmentRunSettings const& settings,
                               Random& random) {
    std::vector<TrueFragment> fragments;
    for (TubeLot const& of : tube) {
        for (std::size_t k = 0; k < of.lot->fragments.size(); ++k) {
            fragments.push_back({dye_of(*of.lot, k, settings.instrument),
                                 of.lot->fragments[k] + settings.sizing_sd * random.normal(),
                                 of.amount * std::exp(settings.height_log_sd * random.normal())});
        }
    }
    for (std::uint64_t n = random.poisson(settings.stray_peaks); n > 0; --n) {
        fragments.push_back({0, 105.0 + 380.0 * random.uniform(), 120.0});
    }
    return to_fsa(settings.instrument, simulate_dyes(settings.instrument, fragments, random));
}

} // namespace cmq::lab
