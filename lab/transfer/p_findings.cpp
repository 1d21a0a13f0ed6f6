// SPDX-License-Identifier: GPL-3.0-or-later

#include "lab/transfer/p_findings.hpp"

#include "core/error.hpp"
#include "core/exp_log.hpp"
#include "core/log_sum.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace cmq::lab {

namespace {

constexpr std::size_t closed_form_quanta = 200;
constexpr double left_out = 1e-13;

/// How many quanta the sum must go up to: the support of the findings, or the load's far tail.
std::size_t quanta_needed(std::span<ZoneTerm const> zones, Load const& load, double share) {
    double const ratio = share / (load.rate + share);
    std::size_t support = 0;
    bool finite = true;
    for (ZoneTerm const& zone : zones) {
        support += zone.likelihood->vector().weight.size();
        finite = finite && zone.likelihood->vector().tail == 0.0;
    }
    double term = std::exp(load.shape * std::log1p(-ratio));
    double sum = term;
    std::size_t j = 0;
    while (j <= closed_form_quanta && (!finite || j < support)) {
        auto const n = static_cast<double>(j);
        double const step = ratio * (load.shape + n) / (n + 1.0);
        term *= step;
        sum += term;
        ++j;
        if (step < 1.0 && term * step / (1.0 - step) < 1e-3 * left_out * sum) {
            break;
        }
    }
    return j;
}

/// D_j = sum_i Binomial(i; j, theta) before_(j-i) w(i): the findings' probability given j quanta.
std::vector<double>
share_out(std::vector<double> const& before, FindingVector const& vector, double theta) {
    std::size_t const size = before.size();
    std::vector<double> after(size, 0.0);
    std::vector<double> binomial(size, 0.0);
    binomial[0] = 1.0;
    for (std::size_t j = 0; j < size; ++j) {
        if (j > 0) {
            for (std::size_t i = j + 1; i-- > 0;) {
                binomial[i] = (1.0 - theta) * (i < j ? binomial[i] : 0.0) +
                              (i > 0 ? theta * binomial[i - 1] : 0.0);
            }
        }
        for (std::size_t i = 0; i <= j; ++i) {
            after[j] += binomial[i] * before[j - i] * vector.at(i);
        }
    }
    return after;
}

/// ln sum_j NegativeBinomial(j) D_j; nothing if too much may be left out or the sum underflows.
bool sum_over_quanta(std::vector<double> const& given,
                     double largest,
                     double share,
                     Load const& load,
                     bool ends,
                     double& out) {
    double const ratio = share / (load.rate + share);
    double term = std::exp(load.shape * std::log1p(-ratio));
    double sum = 0.0;
    double step = 0.0;
    for (std::size_t j = 0; j < given.size(); ++j) {
        auto const n = static_cast<double>(j);
        sum += term * given[j];
        step = ratio * (load.shape + n) / (n + 1.0);
        term *= step;
    }
    if (!(sum > std::numeric_limits<double>::min() / left_out)) {
        return false;
    }
    if (!ends && (step >= 1.0 || term / (1.0 - step) * largest > left_out * sum)) {
        return false;
    }
    out = std::log(sum);
    return true;
}

struct Nodes {
    double scale = 1.0; // M0
    double first = 0.0;
    double step = 0.1;
    std::size_t count = 0;
};

Nodes make_nodes(std::span<ZoneTerm const> zones, Load const& load) {
    double scale = std::max(load.shape, 1.0) / load.rate;
    double precision = load.shape; // of ln M
    double quanta = load.shape;
    for (ZoneTerm const& zone : zones) {
        if (zone.share > 0.0) {
            scale = std::min(scale, zone.likelihood->onset() / zone.share);
            precision += 1.0 / (zone.likelihood->width() * zone.likelihood->width());
            quanta += zone.likelihood->reach();
        }
    }
    Nodes nodes;
    nodes.scale = scale;
    // Left of M0 the integrand falls like M^shape: by e^-45 from its peak at the first node.
    nodes.first = -std::log(1.0 + 45.0 / load.shape);
    double const last =
        std::log((quanta + 12.0 * std::sqrt(quanta) + 50.0) / (load.rate * scale)) + 0.2;
    // d ln M / dv stays below 1.6 right of v = 0.5; a step of one standard deviation is exact to 5e-9.
    nodes.step = std::min(0.1, 1.0 / (1.6 * std::sqrt(precision)));
    nodes.count = static_cast<std::size_t>(std::ceil((last - nodes.first) / nodes.step)) + 1;
    return nodes;
}

} // namespace

// NOLINTNEXTLINE(readability-function-cognitive-complexity): one sum, told in one place
bool log_p_closed(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out) {
    CMQ_EXPECTS(!zones.empty() && out.size() == zones.size());
    if (std::ranges::any_of(zones, [](ZoneTerm const& zone) {
            return zone.extra > 0.0 || zone.likelihood->vector().lump != 1.0 ||
                   zone.likelihood->is_dispersed();
        })) {
        return false;
    }
    double total = 0.0;
    for (ZoneTerm const& zone : zones) {
        total += zone.share;
    }
    std::size_t const quanta = quanta_needed(zones, load, total);
    if (quanta > closed_form_quanta) {
        return false;
    }
    std::vector<double> given(quanta + 1, 1.0);
    double share = 0.0;
    double largest = 1.0;
    std::size_t support = 0;
    bool finite = true;
    for (std::size_t z = 0; z < zones.size(); ++z) {
        FindingVector const& vector = zones[z].likelihood->vector();
        if (share == 0.0) { // all quanta so far went nowhere, or all go here
            for (std::size_t n = 0; n < given.size(); ++n) {
                given[n] *= vector.at(zones[z].share > 0.0 ? n : 0);
            }
        } else {
            given = share_out(given, vector, zones[z].share / (share + zones[z].share));
        }
        share += zones[z].share;
        largest *= std::max(vector.tail, std::ranges::max(vector.weight));
        support += vector.weight.size();
        finite = finite && vector.tail == 0.0;
        if (!sum_over_quanta(given, largest, share, load, finite && quanta >= support, out[z])) {
            return false;
        }
    }
    return true;
}

std::vector<LoadNode> load_nodes(std::span<ZoneTerm const> zones, Load const& load) {
    Nodes const nodes = make_nodes(zones, load);
    std::vector<double> back(nodes.count); // e^-v
    for (std::size_t i = 0; i < nodes.count; ++i) {
        back[i] = -(nodes.first + nodes.step * static_cast<double>(i));
    }
    exp_each(back);
    std::vector<double> quanta(nodes.count);
    std::vector<double> log_slope = back; // of ln M in v: 1 + e^-v
    for (std::size_t i = 0; i < nodes.count; ++i) {
        quanta[i] = nodes.first + nodes.step * static_cast<double>(i) - back[i];
        log_slope[i] += 1.0;
    }
    exp_each(quanta);
    log_each(log_slope);
    std::vector<LoadNode> all(nodes.count);
    double const norm = std::log(nodes.step) - std::lgamma(load.shape);
    double const log_scale = std::log(load.rate * nodes.scale);
    for (std::size_t i = 0; i < nodes.count; ++i) {
        double const v = nodes.first + nodes.step * static_cast<double>(i);
        double const m = nodes.scale * quanta[i];
        all[i] = {.quanta = m,
                  .log_weight =
                      norm + load.shape * (log_scale + v - back[i]) - load.rate * m + log_slope[i]};
    }
    return all;
}

void log_p_quadrature(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out) {
    CMQ_EXPECTS(!zones.empty() && out.size() == zones.size());
    std::vector<LoadNode> const nodes = load_nodes(zones, load);
    std::vector<double> terms(nodes.size());
    std::ranges::transform(nodes, terms.begin(), &LoadNode::log_weight);
    std::vector<double> log_h(nodes.size());
    for (std::size_t z = 0; z < zones.size(); ++z) {
        if (zones[z].share > 0.0) {
            std::ranges::transform(nodes, log_h.begin(), [&](LoadNode const& node) {
                return zones[z].share * node.quanta + zones[z].extra;
            });
            zones[z].likelihood->replace_each(log_h);
        } else {
            std::ranges::fill(log_h, (*zones[z].likelihood)(zones[z].extra));
        }
        for (std::size_t i = 0; i < nodes.size(); ++i) {
            terms[i] += log_h[i];
        }
        out[z] = log_sum(terms);
    }
}

void log_p_findings(std::span<ZoneTerm const> zones, Load const& load, std::span<double> out) {
    if (!log_p_closed(zones, load, out) && !log_p_on_grid(zones, load, out)) {
        log_p_quadrature(zones, load, out);
    }
}

} // namespace cmq::lab
