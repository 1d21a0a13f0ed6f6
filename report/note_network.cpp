// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/account_steps.hpp"
#include "report/note_figures.hpp"
#include "report/phrases/figures.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace cmq::report {
namespace {

using Line = NetworkChart::Line;

constexpr std::size_t most_nodes = 12;
constexpr std::size_t most_steps = 16;
constexpr std::size_t most_arrows = 24;
constexpr std::size_t most_layers = 4;    // more columns leave no room for words
constexpr std::size_t longest_label = 60; // bytes: some four lines of a box

/// A step with its number.
struct Numbered {
    std::size_t number = 0;
    AccountStep const* step = nullptr;
};

std::string what_text(NoteWriter const& writer, AccountStep const& step) {
    std::string const what = step_text(writer, step);
    return step.probability < 1.0
               ? writer.say(phrases::network_perhaps,
                            {{"what", what},
                             {"probability", percent_text(step.probability, writer.language())}})
               : what;
}

std::string told(NoteWriter const& writer, AccountStep const& step) {
    return writer.say(phrases::network_step,
                      {{"time", when_text(writer, step)}, {"what", what_text(writer, step)}});
}

std::set<std::string> examined_zones(NoteInput const& input) {
    std::set<std::string> zones;
    for (NoteFinding const& each : input.findings) {
        if (each.finding.kind != lab::FindingKind::not_examined) {
            zones.insert(each.finding.zone);
        }
    }
    return zones;
}

/// Puts the steps of one account into boxes and lines. A zone stands one column after what first reaches it.
class Drawing {
public:
    Drawing(NoteWriter const& writer, std::vector<Numbered> const& steps)
        : writer_{writer}
        , examined_{examined_zones(writer.input())} {
        for (Numbered const& each : steps) {
            add(each);
        }
        while (!waiting_.empty()) { // what happens where nothing has arrived yet
            add_waiting();
        }
        add_words(steps);
    }

    [[nodiscard]] NetworkChart take() && { return std::move(chart_); }

private:
    std::size_t box(std::string const& zone, std::size_t layer) {
        auto const [found, is_new] = boxes_.try_emplace(zone, chart_.nodes.size());
        if (is_new) {
            chart_.nodes.push_back({.label = cut_text(writer_.zone(zone), longest_label),
                                    .layer = std::min(layer, most_layers - 1),
                                    .is_source = false,
                                    .is_examined = examined_.contains(zone)});
        }
        return found->second;
    }

    [[nodiscard]] bool is_placed(std::string const& zone) const { return boxes_.contains(zone); }

    void add(Numbered const& each) {
        AccountStep const& step = *each.step;
        switch (step.kind) {
        case StepKind::delivery:
            add_source(each, Line::delivery);
            break;
        case StepKind::contamination:
            add_source(each, Line::contamination);
            break;
        case StepKind::contact:
        case StepKind::change:
            if (std::ranges::any_of(step.zones,
                                    [&](auto const& zone) { return is_placed(zone); })) {
                join(each);
            } else {
                waiting_.push_back(each);
            }
            break;
        case StepKind::examination:
            break;
        }
    }

    void add_source(Numbered const& each, Line line) {
        if (each.step->zones.empty()) {
            return;
        }
        std::size_t const source = chart_.nodes.size();
        chart_.nodes.push_back({.label = cut_text(step_text(writer_, *each.step), longest_label),
                                .layer = 0,
                                .is_source = true});
        for (std::string const& zone : each.step->zones) {
            std::size_t const to = box(zone, 1);
            chart_.arrows.push_back({source, to, each.number, line, false});
        }
    }

    /// A contact, or a change of one zone.
    /// \pre one of the zones is placed
    void join(Numbered const& each) {
        std::vector<std::string> const& zones = each.step->zones;
        if (each.step->kind == StepKind::change) {
            chart_.nodes[boxes_.at(zones.front())].changes.push_back(each.number);
            return;
        }
        std::size_t const known = boxes_.at(is_placed(zones[0]) ? zones[0] : zones[1]);
        std::size_t const next = chart_.nodes[known].layer + 1;
        std::size_t const from = box(zones[0], next);
        std::size_t const to = box(zones[1], next);
        if (from != to) {
            chart_.arrows.push_back({from, to, each.number, Line::contact, !each.step->one_way});
        }
    }

    /// Takes those up that have a placed zone by now, or places the first.
    void add_waiting() {
        std::vector<Numbered> const before = std::exchange(waiting_, {});
        for (Numbered const& each : before) {
            add(each);
        }
        if (waiting_.size() == before.size()) {
            (void)box(waiting_.front().step->zones.front(), 1);
        }
    }

    void add_words(std::vector<Numbered> const& steps) {
        std::set<Line> lines;
        for (NetworkChart::Arrow const& arrow : chart_.arrows) {
            lines.insert(arrow.line);
        }
        for (auto const& [line, phrase] :
             {std::pair{Line::delivery, phrases::network_delivery},
              std::pair{Line::contact, phrases::network_contact},
              std::pair{Line::contamination, phrases::network_contamination}}) {
            if (lines.contains(line)) {
                chart_.keys.push_back({line, writer_.say(phrase)});
            }
        }
        for (Numbered const& each : steps) {
            chart_.steps.push_back({each.number, told(writer_, *each.step)});
        }
    }

    NoteWriter const& writer_;
    std::set<std::string> examined_;
    std::map<std::string, std::size_t> boxes_; // zone: its node
    std::vector<Numbered> waiting_;
    NetworkChart chart_;
};

TableBlock table_of(NoteWriter const& writer, std::vector<Numbered> const& steps) {
    TableBlock table;
    table.columns = {writer.column(phrases::network_column_number, 0.3, Alignment::right),
                     writer.column(phrases::routes_column_when, 0.8),
                     writer.column(phrases::routes_column_what, 2.0),
                     writer.column(phrases::routes_column_where, 1.8)};
    table.rows.reserve(steps.size());
    for (Numbered const& each : steps) {
        table.rows.push_back({plain(writer.count(each.number)),
                              plain(when_text(writer, *each.step)),
                              plain(what_text(writer, *each.step)),
                              plain(writer.zones(each.step->zones))});
    }
    return table;
}

/// \pre the drawing has a box
std::variant<Chart, TableBlock> network_of(NoteWriter const& writer,
                                           std::string const& proposition,
                                           NetworkChart drawing,
                                           std::vector<Numbered> const& steps,
                                           bool is_first) {
    TableBlock numbers = table_of(writer, steps);
    if (drawing.nodes.size() > most_nodes || steps.size() > most_steps ||
        drawing.arrows.size() > most_arrows) {
        numbers.caption = writer.say(phrases::network_too_large, {{"proposition", proposition}});
        return numbers;
    }
    Chart chart;
    chart.title = writer.say(phrases::network_title, {{"proposition", proposition}});
    chart.caption =
        writer.say(is_first ? phrases::network_caption : phrases::network_caption_again);
    std::vector<std::string> items;
    items.reserve(steps.size());
    for (Numbered const& each : steps) {
        items.push_back(writer.say(phrases::network_item,
                                   {{"number", writer.count(each.number)},
                                    {"step", told(writer, *each.step)},
                                    {"where", writer.zones(each.step->zones)}}));
    }
    chart.alt = writer.say(phrases::network_alt,
                           {{"proposition", proposition}, {"items", writer.joined(items, " ")}});
    numbers.caption = chart.title;
    chart.numbers = std::move(numbers);
    chart.content = std::move(drawing);
    return chart;
}

} // namespace

std::vector<std::variant<Chart, TableBlock>> make_networks(NoteWriter const& writer) {
    std::vector<AccountStep> const all = account_steps(writer.file());
    std::vector<std::variant<Chart, TableBlock>> networks;
    bool is_first = true;
    for (casefile::Proposition const& proposition : writer.file().propositions) {
        bool const includes = !proposition.deliveries.empty() || !proposition.events.empty();
        if (!includes || !is_compared(writer.file(), *proposition.id)) {
            continue;
        }
        std::vector<Numbered> steps;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (is_included(all[i], *proposition.id)) {
                steps.push_back({i + 1, &all[i]});
            }
        }
        NetworkChart drawing = Drawing{writer, steps}.take();
        if (drawing.nodes.empty()) {
            continue;
        }
        networks.push_back(
            network_of(writer, *proposition.id, std::move(drawing), steps, is_first));
        is_first = is_first && !std::holds_alternative<Chart>(networks.back());
    }
    return networks;
}

} // namespace cmq::report
