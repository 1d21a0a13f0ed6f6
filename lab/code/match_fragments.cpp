// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/match_fragments.hpp"

#include "core/error.hpp"
#include "core/log_sum.hpp"
#include "core/number_text.hpp"
#include "core/random.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numbers>

namespace cmq::lab {
namespace {

constexpr double most_false_runs = 1e-5;
constexpr double least_named = 0.0; // log10 odds: lots less likely than another code are not named
constexpr double anywhere = 0.5;    // share of another code's fragments that no lot has
constexpr double nothing = -std::numeric_limits<double>::infinity();

std::string plain_dye(std::string_view dye) {
    std::string plain;
    for (char const c : dye) {
        if (c >= 'a' && c <= 'z') {
            plain += static_cast<char>(c - 'a' + 'A');
        } else if ((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) {
            plain += c;
        }
    }
    return plain;
}

/// A fragment of a lot within the range of the run.
struct CodedFragment {
    std::size_t lot = 0;
    double size = 0.0;
    std::string dye; ///< "": any
};

/// Registry and model made ready.
class FragmentOdds {
public:
    FragmentOdds(Registry const& registry, FragmentModel const& model) : model_{model} {
        CMQ_EXPECTS(model.sd > 0.0 && model.to > model.from && model.dyes >= 1.0);
        lots_.resize(registry.lots.size());
        for (std::size_t i = 0; i < registry.lots.size(); ++i) {
            add(i, registry.lots[i]);
        }
        // The dyes that lots name, and as many more as the run has.
        while (static_cast<double>(dyes_.size()) < model.dyes) {
            dyes_.push_back("?" + std::to_string(dyes_.size()));
        }
        mean_ = std::max(1.0,
                         static_cast<double>(all_.size()) /
                             static_cast<double>(std::max<std::size_t>(named_.size(), 1)));
    }

    /// Lots of kind fragments.
    [[nodiscard]] std::vector<std::size_t> const& named() const { return named_; }

    [[nodiscard]] double log10_odds(std::size_t lot, std::vector<ReadFragment> read) const {
        std::ranges::sort(read, {}, &ReadFragment::size);
        double const stray = model_.drop_in / (span() * dye_count());
        std::vector<double> others;
        double log_stray = mean_ - model_.drop_in;
        double log_with_other = -model_.drop_in;
        for (ReadFragment const& fragment : read) {
            others.push_back(mean_ * another(fragment, lot));
            log_stray += std::log(stray / others.back());
            log_with_other += std::log1p(stray / others.back());
        }
        log_stray += log_joined(lots_[lot], read, [&](std::size_t) { return stray; });
        log_with_other +=
            log_joined(lots_[lot], read, [&](std::size_t i) { return stray + others[i]; });
        std::array const terms{std::log1p(-model_.other_code) + log_stray,
                               std::log(model_.other_code) + log_with_other};
        return log_sum(terms) / std::numbers::ln10;
    }

    /// Logarithm of the sum over all ways to give the fragments of a lot to peaks, each peak to one of them at most: each
    /// fragment missing, or its density over that of the peak without it. Ways that cross are left out: they are far less
    /// probable, and leaving them out can only lower the ratio.
    template <class Background>
    [[nodiscard]] double log_joined(std::vector<CodedFragment> const& fragments,
                                    std::span<ReadFragment const> read,
                                    Background const& background) const {
        std::vector<double> before(read.size() + 1, 1.0);
        std::vector<double> now(read.size() + 1);
        double scale = 0.0;
        for (CodedFragment const& of : fragments) {
            double joined = 0.0;
            now[0] = model_.drop_out * before[0];
            for (std::size_t i = 0; i < read.size(); ++i) {
                joined += density_of(of, read[i]) / background(i) * before[i];
                now[i + 1] = model_.drop_out * before[i + 1] + (1.0 - model_.drop_out) * joined;
            }
            double const most = std::ranges::max(now);
            scale += std::log(most);
            for (std::size_t i = 0; i < now.size(); ++i) {
                before[i] = now[i] / most;
            }
        }
        return scale + std::log(before.back());
    }

    /// A run of a lot as the model has it.
    std::vector<ReadFragment> draw(std::size_t lot, Random& random) const {
        std::vector<ReadFragment> read;
        for (CodedFragment const& of : lots_[lot]) {
            if (random.uniform() >= model_.drop_out) {
                read.push_back({.size = of.size + model_.sd * random.normal(),
                                .dye = of.dye.empty() ? any_dye(random) : of.dye});
            }
        }
        for (std::uint64_t n = random.poisson(model_.drop_in); n > 0; --n) {
            read.push_back(draw_anywhere(random));
        }
        if (random.uniform() < model_.other_code) {
            for (std::uint64_t n = random.poisson(mean_); n > 0; --n) {
                read.push_back(draw_another(random, lot));
            }
        }
        return read;
    }

private:
    [[nodiscard]] double span() const { return model_.to - model_.from; }

    [[nodiscard]] double dye_count() const { return static_cast<double>(dyes_.size()); }

    /// Lengths of a registry stand shortest first.
    void add(std::size_t lot, Lot const& entry) {
        if (entry.kind != CodeKind::fragments) {
            return;
        }
        named_.push_back(lot);
        for (std::size_t i = 0; i < entry.fragments.size(); ++i) {
            double const size = entry.fragments[i];
            if (size >= model_.from && size <= model_.to) {
                std::string const dye =
                    entry.fragment_dyes.empty() ? "" : plain_dye(entry.fragment_dyes[i]);
                if (!dye.empty() && std::ranges::find(dyes_, dye) == dyes_.end()) {
                    dyes_.push_back(dye);
                }
                lots_[lot].push_back({lot, size, dye});
                all_.push_back(lots_[lot].back());
            }
        }
    }

    /// Density of a fragment of a code at what was read, per base pair and dye.
    [[nodiscard]] double density_of(CodedFragment const& of, ReadFragment const& read) const {
        if (!of.dye.empty() && of.dye != read.dye) {
            return 0.0;
        }
        double const off = (read.size - of.size) / model_.sd;
        double const normal =
            std::abs(off) > 12.0
                ? 0.0
                : std::exp(-0.5 * off * off) / (model_.sd * std::sqrt(2.0 * std::numbers::pi));
        return of.dye.empty() ? normal / dye_count() : normal;
    }

    /// Density of a fragment of another code than `lot`'s.
    [[nodiscard]] double another(ReadFragment const& read, std::size_t lot) const {
        double sum = 0.0;
        std::size_t count = 0;
        for (CodedFragment const& of : all_) {
            if (of.lot != lot) {
                sum += density_of(of, read);
                ++count;
            }
        }
        double const uniform = 1.0 / (span() * dye_count());
        return count == 0
                   ? uniform
                   : anywhere * uniform + (1.0 - anywhere) * sum / static_cast<double>(count);
    }

    std::string any_dye(Random& random) const {
        auto const dye = static_cast<std::size_t>(random.uniform() * dye_count());
        return dyes_[std::min(dye, dyes_.size() - 1)];
    }

    ReadFragment draw_anywhere(Random& random) const {
        return {.size = model_.from + span() * random.uniform(), .dye = any_dye(random)};
    }

    ReadFragment draw_another(Random& random, std::size_t lot) const {
        std::vector<CodedFragment const*> others;
        for (CodedFragment const& of : all_) {
            if (of.lot != lot) {
                others.push_back(&of);
            }
        }
        if (others.empty() || random.uniform() < anywhere) {
            return draw_anywhere(random);
        }
        auto const pick =
            static_cast<std::size_t>(random.uniform() * static_cast<double>(others.size()));
        CodedFragment const& of = *others[std::min(pick, others.size() - 1)];
        return {.size = of.size + model_.sd * random.normal(),
                .dye = of.dye.empty() ? any_dye(random) : of.dye};
    }

    FragmentModel model_;
    std::vector<std::vector<CodedFragment>> lots_;
    std::vector<CodedFragment> all_;
    std::vector<std::size_t> named_;
    std::vector<std::string> dyes_;
    double mean_ = 1.0;
};

/// Lengths of a lot that were read within four standard deviations, as text, and how many were not.
struct FoundLengths {
    std::string text;
    std::size_t missing = 0;
    std::vector<std::size_t> peaks;
};

FoundLengths
found_of(Lot const& lot, std::span<ReadFragment const> read, FragmentModel const& model) {
    FoundLengths found;
    for (std::size_t i = 0; i < lot.fragments.size(); ++i) {
        if (lot.fragments[i] < model.from || lot.fragments[i] > model.to) {
            continue;
        }
        bool is_found = false;
        for (std::size_t k = 0; k < read.size(); ++k) {
            bool const is_dye =
                lot.fragment_dyes.empty() || plain_dye(lot.fragment_dyes[i]) == read[k].dye;
            if (is_dye && std::abs(read[k].size - lot.fragments[i]) <= 4.0 * model.sd) {
                found.text += (found.text.empty() ? "" : " ") + fixed_text(read[k].size, 2);
                found.peaks.push_back(k);
                is_found = true;
                break;
            }
        }
        found.missing += is_found ? 0U : 1U;
    }
    return found;
}

bool share_peaks(FoundLengths const& a, FoundLengths const& b) {
    auto const shared = std::ranges::count_if(a.peaks, [&](std::size_t peak) {
        return std::ranges::find(b.peaks, peak) != b.peaks.end();
    });
    return 2 * static_cast<std::size_t>(shared) > std::min(a.peaks.size(), b.peaks.size());
}

} // namespace

std::vector<double> log10_fragment_odds(std::span<ReadFragment const> read,
                                        Registry const& registry,
                                        FragmentModel const& model) {
    FragmentOdds const odds{registry, model};
    std::vector<double> all(registry.lots.size(), nothing);
    for (std::size_t const lot : odds.named()) {
        all[lot] = odds.log10_odds(lot, {read.begin(), read.end()});
    }
    return all;
}

FalseMatch count_false_fragments(Registry const& registry,
                                 FragmentModel const& model,
                                 double least,
                                 std::uint64_t draws,
                                 std::uint64_t seed) {
    CMQ_EXPECTS(draws >= 2);
    FragmentOdds const odds{registry, model};
    CMQ_EXPECTS(!odds.named().empty());
    double sum = 0.0;
    double squares = 0.0;
    for (std::uint64_t draw = 0; draw < draws; ++draw) {
        Random random{seed, 0x66726167, draw};
        auto const count = static_cast<double>(odds.named().size());
        auto const pick = static_cast<std::size_t>(random.uniform() * count);
        std::size_t const lot = odds.named()[std::min(pick, odds.named().size() - 1)];
        auto const read = odds.draw(lot, random);
        if (odds.log10_odds(lot, read) < least) {
            continue;
        }
        double const weight = count * std::pow(10.0, -odds.log10_odds(lot, read));
        sum += weight;
        squares += weight * weight;
    }
    return to_false_match(sum, squares, draws);
}

std::vector<ReadFragment> fragments_of(FragmentProfile const& profile) {
    std::vector<ReadFragment> read;
    for (SizedDye const& dye : profile.dyes) {
        for (SizedPeak const& peak : dye.peaks) {
            if (!dye.is_standard && peak.size && peak.doubt == PeakDoubt::none) {
                read.push_back({.size = *peak.size, .dye = plain_dye(dye.dye)});
            }
        }
    }
    return read;
}

FragmentModel model_of(FragmentProfile const& profile, Registry const& registry) {
    FragmentModel model;
    model.sd = registry.sizing_sd.value_or(std::max(0.05, profile.standard.curve.error()));
    model.from = profile.standard.curve.points().front().size;
    model.to = profile.standard.curve.points().back().size;
    model.dyes = static_cast<double>(profile.dyes.size() - 1);
    return model;
}

CodeReading match_fragments(std::span<ReadFragment const> read,
                            Registry const& registry,
                            FragmentModel const& model,
                            std::uint64_t seed) {
    auto const odds = log10_fragment_odds(read, registry, model);
    CodeReading reading;
    reading.kind = ReadingKind::fragments;
    reading.read = read.size();
    reading.needed_molecules = 1;
    std::size_t count = 0;
    std::size_t fewest = std::numeric_limits<std::size_t>::max();
    std::vector<std::pair<std::size_t, FoundLengths>> named;
    for (std::size_t i = 0; i < odds.size(); ++i) {
        if (registry.lots[i].kind != CodeKind::fragments) {
            continue;
        }
        ++count;
        fewest = std::min(fewest, registry.lots[i].fragments.size());
        if (odds[i] >= least_named) {
            named.emplace_back(i, found_of(registry.lots[i], read, model));
        }
    }
    CMQ_EXPECTS(count > 0);
    reading.needed_reads = std::max<std::size_t>(2, fewest);
    reading.least_log10_code = std::log10(static_cast<double>(count) / most_false_runs);
    auto const draws = std::clamp<std::uint64_t>(200'000 / count, 100, 2000);
    FalseMatch const counted =
        count_false_fragments(registry, model, reading.least_log10_code, draws, seed);
    reading.false_match = counted.probability;
    reading.false_match_low = counted.low;
    reading.false_match_high = counted.high;
    std::ranges::stable_sort(named, std::greater{}, [&](auto const& of) { return odds[of.first]; });
    for (auto const& [lot, found] : named) {
        double least = odds[lot];
        for (auto const& [other, other_found] : named) {
            if (other != lot && share_peaks(found, other_found)) {
                least = std::min(least, odds[lot] - odds[other]);
            }
        }
        reading.lots.push_back({.lot = lot,
                                .reads = found.peaks.size(),
                                .molecules = 1,
                                .distance = found.missing,
                                .consensus = found.text,
                                .best_log10_lr = least,
                                .chance = std::pow(10.0, -odds[lot]),
                                .share = {}});
    }
    return reading;
}

} // namespace cmq::lab
