// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Rates and priors with their unit, conditions, source and grade.

#pragma once

#include "core/random.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::lab {

/// How well a parameter is known, best first.
enum class Grade : std::uint8_t {
    measured_on_product, ///< on the marker of the case
    measured_on_proxy,   ///< on another material: powder, DNA, a virus, a particle
    expert_judgement,    ///< nobody has published a measurement
};

/// "measured_on_product" and so on, as in the parameter file.
[[nodiscard]] std::string_view to_text(Grade grade) noexcept;

enum class DistributionKind : std::uint8_t {
    fixed,       ///< value
    lognormal,   ///< median > 0, gsd >= 1 (geometric standard deviation)
    beta,        ///< a, b > 0
    log_uniform, ///< low > 0, high > low
    uniform,     ///< low < high
    gamma,       ///< shape, rate > 0
};

/// A distribution of one number. first and second are, by kind: value, unused | median, gsd | a, b |
/// low, high | low, high | shape, rate. Draws below `low` or above `high` are drawn again.
struct Distribution {
    DistributionKind kind = DistributionKind::fixed;
    double first = 0.0;
    double second = 0.0;
    std::optional<double> low{}; ///< truncation
    std::optional<double> high{};

    friend bool operator==(Distribution const&, Distribution const&) = default;
};

/// \throws Error domain  a number is not finite or breaks the range of its kind; or the truncation
///                       leaves less than about one draw in a thousand
void check(Distribution const& distribution);

/// One draw. \pre check() has passed.
[[nodiscard]] double draw(Distribution const& distribution, Random& random);

/// The quantiles at 5, 50 and 95 %: exact where the distribution has a closed form and is not
/// truncated, else from 4001 draws with a fixed seed.
struct Quantiles {
    double p05 = 0.0;
    double p50 = 0.0;
    double p95 = 0.0;
};

[[nodiscard]] Quantiles quantiles_of(Distribution const& distribution);

/// One entry of the library. The conditions say on what, when and how it was measured.
struct Parameter {
    std::string name{}; ///< "dry.tau_min"
    std::string meaning{};
    std::string unit{}; ///< "" for shares, odds ratios and counts
    Distribution distribution{};
    std::string conditions{};
    std::string source{};
    Grade grade = Grade::expert_judgement;
    std::string label_fr{};
    std::string label_en{};
    std::string conditions_fr{}; ///< conditions and source are in English
    std::string source_fr{};
};

/// A claim or measurement beside the prior that is used.
struct ParameterCandidate {
    std::string id;
    Parameter parameter; ///< name, label, meaning and unit of the entry; all else its own
    std::string date;    ///< of the source
};

/// An entry of the library as people look it up.
struct LibraryEntry {
    Parameter parameter;
    std::string date; ///< when it was chosen
    std::vector<ParameterCandidate> candidates;
};

/// Parameters by name, in the order of their file.
class ParameterSet {
public:
    ParameterSet() = default;

    /// \throws Error domain  a name occurs twice, or a distribution fails check()
    explicit ParameterSet(std::vector<Parameter> parameters);

    [[nodiscard]] std::vector<Parameter> const& all() const noexcept { return parameters_; }

    /// \throws Error insufficient  there is none of that name
    [[nodiscard]] Parameter const& at(std::string_view name) const;

    /// The same set with one distribution changed: a laboratory's own value, or a fixed one. Grade,
    /// source and conditions come from the replacement.
    /// \throws Error insufficient  there is none of that name
    /// \throws Error domain        the distribution fails check()
    [[nodiscard]] ParameterSet with(Parameter replacement) const;

private:
    std::vector<Parameter> parameters_;
};

/// Names of every parameter that evaluate() reads, in a fixed order; a set must hold them all.
[[nodiscard]] std::vector<std::string_view> parameter_names();

} // namespace cmq::lab
