// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/simulate_trace.hpp"

#include "lab/code/write_abif.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <vector>

namespace cmq::lab {
namespace {

constexpr std::size_t spacing = 10; // points from base to base
constexpr int full_height = 1000;
constexpr double most_error = 0.75; // of a call at random
constexpr std::size_t empty_code = 32;

using Traces = std::array<std::vector<int>, 4>; // of A, C, G, T

std::size_t number_of(char base) {
    return std::string_view{"ACGT"}.find(base);
}

void add_peak(Traces& traces, std::size_t base, char kind, double amount) {
    constexpr int half = 6;
    constexpr double width = 2.5;
    auto& trace = traces[number_of(kind)];
    std::size_t at = spacing * (base + 1) - half;
    for (int i = -half; i <= half; ++i, ++at) {
        double const height = amount * full_height * std::exp(-0.5 * i * i / (width * width));
        trace[at] += static_cast<int>(std::lround(height));
    }
}

/// Phi(-x).
double upper_tail(double x) {
    return 0.5 * std::erfc(x / std::numbers::sqrt2);
}

/// What stands in the tube at one base.
struct TubeBase {
    char first = 'A';
    char second = 'A'; ///< equal to first where one lot alone shows
    double first_amount = 0.0;
    double second_amount = 0.0;
};

std::vector<TubeBase>
bases_of(std::span<TubeLot const> tube, TraceSettings const& settings, Random& random) {
    TubeLot const* first = nullptr;
    TubeLot const* second = nullptr;
    for (TubeLot const& of : tube) {
        if (first == nullptr || of.amount > first->amount) {
            second = first;
            first = &of;
        } else if (second == nullptr || of.amount > second->amount) {
            second = &of;
        }
    }
    std::string const before = draw_bases(random, settings.bases_before);
    std::string const behind = draw_bases(random, settings.bases_behind);
    bool const is_empty = first == nullptr || first->amount <= 0.0;
    double const amount = is_empty ? 0.0 : first->amount;
    double const other = second == nullptr ? 0.0 : second->amount;
    std::string const called =
        before + (is_empty ? draw_bases(random, empty_code) : first->lot->sequence) + behind;
    std::string const under = other > 0.0 ? before + second->lot->sequence + behind : called;
    std::vector<TubeBase> bases;
    for (std::size_t i = 0; i < called.size(); ++i) {
        bool const differs = i < under.size() && under[i] != called[i];
        bases.push_back({.first = called[i],
                         .second = differs ? under[i] : called[i],
                         .first_amount = differs ? amount : amount + other,
                         .second_amount = differs ? other : 0.0});
    }
    return bases;
}

std::vector<AbifValue> facts_of(TraceSettings const& settings) {
    return {{"FWO_", 1, 2, 1, "ACGT"},
            {"SMPL", 1, 18, 1, to_abif_text(settings.sample)},
            {"MODL", 1, 2, 1, "SIMULATED"},
            {"MCHN", 1, 18, 1, to_abif_text("SIMULATED")}};
}

} // namespace

std::string
simulate_trace(std::span<TubeLot const> tube, TraceSettings const& settings, Random& random) {
    auto const bases = bases_of(tube, settings, random);
    Traces traces;
    for (auto& trace : traces) {
        trace.resize(spacing * (bases.size() + 2), 0);
    }
    std::string calls;
    std::string qualities;
    std::vector<int> places;
    for (std::size_t i = 0; i < bases.size(); ++i) {
        TubeBase const& of = bases[i];
        double const apart =
            (of.first_amount - of.second_amount) / (std::numbers::sqrt2 * trace_noise);
        double const error = std::min(most_error, settings.error + 3.0 * upper_tail(apart));
        char const called = draw_read({&of.first, 1}, {.substitution = error}, random).front();
        // A wrong call is a peak of its own; the true one stays as the second.
        add_peak(traces, i, called, std::max(of.first_amount, trace_noise));
        if (of.second != of.first) {
            add_peak(traces, i, of.second, of.second_amount);
        }
        calls += called;
        qualities += static_cast<char>(std::clamp(
            static_cast<int>(std::lround(-10.0 * std::log10(error))), 1, settings.most_quality));
        places.push_back(static_cast<int>(spacing * (i + 1)));
    }
    std::vector<AbifValue> values = facts_of(settings);
    values.push_back({"PBAS", 1, 2, 1, calls});
    values.push_back({"PBAS", 2, 2, 1, calls});
    values.push_back({"PCON", 1, 2, 1, qualities});
    values.push_back({"PCON", 2, 2, 1, qualities});
    values.push_back({"PLOC", 1, 4, 2, to_abif_shorts(places)});
    values.push_back({"PLOC", 2, 4, 2, to_abif_shorts(places)});
    for (std::size_t kind = 0; kind < traces.size(); ++kind) {
        values.push_back({"DATA", static_cast<int>(9 + kind), 4, 2, to_abif_shorts(traces[kind])});
    }
    return to_abif(values);
}

} // namespace cmq::lab
