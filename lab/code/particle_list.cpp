// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/code/particle_list.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "system/csv.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>

namespace cmq::lab {
namespace {

constexpr double most_false_samples = 1e-5;
constexpr std::size_t longest_text = 64;
constexpr std::size_t most_lines = 10'000;
constexpr double least_symbols = 10.0; // an alphabet is taken to have the ten digits at least
constexpr char unread = '?';
constexpr double nothing = -std::numeric_limits<double>::infinity();

std::string_view without_mark(std::string_view text) {
    return text.starts_with("\xEF\xBB\xBF") ? text.substr(3) : text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) {
        text.remove_prefix(1);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) {
        text.remove_suffix(1);
    }
    return text;
}

std::string folded(std::string_view text) {
    std::string upper{trimmed(text)};
    for (char& c : upper) {
        c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return upper;
}

std::optional<std::size_t> find_column(std::vector<std::string> const& head,
                                       std::string_view name) {
    for (std::size_t i = 0; i < head.size(); ++i) {
        if (folded(head[i]) == name) {
            return i;
        }
    }
    return {};
}

std::string_view cell(std::vector<std::string> const& row, std::optional<std::size_t> column) {
    return column ? trimmed(row[*column]) : std::string_view{};
}

[[noreturn]] void refuse_line(std::size_t line, Words expected) {
    throw Error{ErrorKind::format,
                {"ligne {} : attendu {}", "line {}: expected {}"},
                line,
                Sentence{expected}};
}

/// Symbols that the registered texts use.
double count_symbols(Registry const& registry) {
    std::set<char> symbols;
    for (Lot const& lot : registry.lots) {
        if (lot.kind == CodeKind::particle) {
            std::string const text = folded(lot.text);
            symbols.insert(text.begin(), text.end());
        }
    }
    return std::max(least_symbols, static_cast<double>(symbols.size()));
}

std::size_t count_differences(std::string_view a, std::string_view b) {
    std::size_t count = 0;
    for (std::size_t i = 0; i < a.size(); ++i) {
        count += a[i] != unread && a[i] != b[i] ? 1U : 0U;
    }
    return count;
}

/// The lot that explains a particle best; none where no text does better than chance.
std::optional<std::size_t>
best_lot(ReadParticle const& particle, Registry const& registry, double symbols) {
    std::optional<std::size_t> best;
    double most = 0.0;
    for (std::size_t i = 0; i < registry.lots.size(); ++i) {
        if (registry.lots[i].kind == CodeKind::particle) {
            double const odds = log10_particle_odds({&particle, 1}, registry.lots[i].text, symbols);
            if (odds > most) {
                most = odds;
                best = i;
            }
        }
    }
    return best;
}

/// Natural logarithm of what was read at a place, if this symbol stands there; none: one that nobody read.
double log_read(std::span<ReadParticle const> particles,
                std::size_t at,
                std::optional<char> symbol,
                double symbols) {
    double sum = 0.0;
    for (ReadParticle const& particle : particles) {
        char const read = particle.text[at];
        if (read != unread) {
            double const of =
                read == symbol ? 1.0 - particle.error : particle.error / (symbols - 1.0);
            sum += static_cast<double>(particle.count) * std::log(of);
        }
    }
    return sum;
}

double log10_symbol_odds(std::span<ReadParticle const> particles,
                         std::size_t at,
                         char truth,
                         double symbols) {
    std::set<char> seen{truth};
    for (ReadParticle const& particle : particles) {
        if (particle.text[at] != unread) {
            seen.insert(particle.text[at]);
        }
    }
    double const own = log_read(particles, at, truth, symbols);
    auto const against = [&](std::optional<char> symbol) {
        return std::exp(std::min(log_read(particles, at, symbol, symbols) - own, 700.0));
    };
    // The symbols that nobody read explain it alike.
    double others = std::max(0.0, symbols - static_cast<double>(seen.size())) * against({});
    for (char const symbol : seen) {
        others += against(symbol);
    }
    return -std::log10(others / symbols);
}

/// Particles of a lot, against those lots too that would explain them.
double against_rivals(std::size_t lot,
                      std::span<ReadParticle const> group,
                      Registry const& registry,
                      double symbols) {
    double const own = log10_particle_odds(group, registry.lots[lot].text, symbols);
    double odds = own;
    for (std::size_t k = 0; k < registry.lots.size(); ++k) {
        if (k != lot && registry.lots[k].kind == CodeKind::particle) {
            double const other = log10_particle_odds(group, registry.lots[k].text, symbols);
            odds = other > 0.0 ? std::min(odds, own - other) : odds;
        }
    }
    return odds;
}

} // namespace

bool is_particle_list(std::string_view text) noexcept {
    text = without_mark(text);
    std::string_view line = text.substr(0, std::min<std::size_t>(text.find('\n'), text.size()));
    if (line.size() > 1000) {
        return false;
    }
    while (!line.empty()) {
        std::size_t const comma = std::min(line.find(','), line.size());
        std::string name = folded(line.substr(0, comma));
        std::erase(name, '"');
        if (name == "PARTICLE") {
            return true;
        }
        line.remove_prefix(std::min(comma + 1, line.size()));
    }
    return false;
}

ParticleList parse_particles(std::string_view csv) {
    auto const rows = parse_csv(without_mark(csv));
    if (rows.size() > most_lines + 1) {
        throw Error{ErrorKind::limits, {"plus de {} lignes", "more than {} lines"}, most_lines};
    }
    CMQ_EXPECTS(!rows.empty()); // is_particle_list
    auto const text = find_column(rows.front(), "PARTICLE");
    auto const count = find_column(rows.front(), "COUNT");
    auto const error = find_column(rows.front(), "SYMBOL_ERROR");
    ParticleList list;
    list.is_error_stated = error.has_value();
    for (std::size_t i = 1; i < rows.size(); ++i) {
        ReadParticle particle{.text = folded(cell(rows[i], text)), .error = assumed_symbol_error};
        if (particle.text.empty() || particle.text.size() > longest_text) {
            refuse_line(i + 1, {"un texte de 1 à 64 signes", "a text of 1 to 64 symbols"});
        }
        if (count) {
            auto const number = parse_number(cell(rows[i], count));
            if (!number || *number < 1.0 || *number > 1e6 || *number != std::floor(*number)) {
                refuse_line(i + 1,
                            {"un nombre entier de 1 à 1000000 sous « count »",
                             "a whole number from 1 to 1000000 under 'count'"});
            }
            particle.count = static_cast<std::uint64_t>(*number);
        }
        if (cell(rows[i], error).empty()) {
            list.is_error_stated = false;
        } else {
            auto const number = parse_number(cell(rows[i], error));
            if (!number || !(*number > 0.0 && *number <= 0.5)) {
                refuse_line(i + 1,
                            {"un taux au-dessus de 0, au plus 0.5, sous « symbol_error »",
                             "a rate above 0, at most 0.5, under 'symbol_error'"});
            }
            particle.error = *number;
        }
        list.particles.push_back(std::move(particle));
    }
    return list;
}

double
log10_particle_odds(std::span<ReadParticle const> particles, std::string_view lot, double symbols) {
    CMQ_EXPECTS(symbols >= 2.0);
    std::string const truth = folded(lot);
    bool const is_of_length = std::ranges::all_of(particles, [&](ReadParticle const& particle) {
        return particle.text.size() == truth.size();
    });
    if (!is_of_length) {
        return nothing;
    }
    double odds = 0.0;
    for (std::size_t at = 0; at < truth.size(); ++at) {
        odds += log10_symbol_odds(particles, at, truth[at], symbols);
    }
    return odds;
}

CodeReading match_particles(ParticleList const& list, Registry const& registry) {
    double const symbols = count_symbols(registry);
    std::vector<std::vector<ReadParticle>> groups(registry.lots.size());
    CodeReading reading;
    reading.kind = ReadingKind::particles;
    reading.needed_molecules = 1;
    reading.needed_reads = 3;
    for (ReadParticle const& particle : list.particles) {
        reading.read += particle.count;
        if (auto const lot = best_lot(particle, registry, symbols)) {
            groups[*lot].push_back(particle);
        }
    }
    std::size_t count = 0;
    for (std::size_t i = 0; i < groups.size(); ++i) {
        Lot const& lot = registry.lots[i];
        count += lot.kind == CodeKind::particle ? 1U : 0U;
        if (groups[i].empty()) {
            continue;
        }
        double const odds = against_rivals(i, groups[i], registry, symbols);
        auto const best = std::ranges::max_element(groups[i], {}, &ReadParticle::count);
        std::uint64_t particles = 0;
        for (ReadParticle const& particle : groups[i]) {
            particles += particle.count;
        }
        reading.lots.push_back({.lot = i,
                                .reads = particles,
                                .molecules = 1,
                                .distance = count_differences(best->text, folded(lot.text)),
                                .consensus = best->text,
                                .best_log10_lr = odds,
                                .chance = std::pow(10.0, -odds),
                                .share = {}});
    }
    CMQ_EXPECTS(count > 0);
    reading.least_log10_code = std::log10(static_cast<double>(count) / most_false_samples);
    reading.false_match = most_false_samples;
    reading.false_match_low = 0.0;
    reading.false_match_high = most_false_samples;
    std::ranges::stable_sort(reading.lots, std::greater{}, &LotEvidence::best_log10_lr);
    return reading;
}

} // namespace cmq::lab
