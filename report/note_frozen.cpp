// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"
#include "report/phrases/before.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace cmq::report {

namespace {

constexpr std::size_t iso_day = 10; // "2026-11-21"

/// The day of a case with so many minutes added, as ISO date; "" where the case has no day.
std::string day_of(casefile::Case const& file, casefile::Moment const& at) {
    std::string const& day = file.head.day;
    if (day.size() != iso_day) {
        return "";
    }
    auto const number = [&](std::size_t first, std::size_t count) {
        int value = 0;
        for (char const c : day.substr(first, count)) {
            value = 10 * value + (c - '0');
        }
        return value;
    };
    using std::chrono::month;
    using std::chrono::sys_days;
    using std::chrono::year;
    using std::chrono::year_month_day;
    constexpr double minutes_a_day = 1440.0;
    sys_days const days =
        sys_days{year_month_day{year{number(0, 4)},
                                month{static_cast<unsigned>(number(5, 2))},
                                std::chrono::day{static_cast<unsigned>(number(8, 2))}}} +
        std::chrono::days{static_cast<int>(std::floor(at.minutes / minutes_a_day))};
    year_month_day const then{days};
    auto const padded = [](int value, std::size_t width) {
        std::string const text = std::to_string(value);
        return std::string(width > text.size() ? width - text.size() : 0, '0') + text;
    };
    return padded(static_cast<int>(then.year()), 4) + '-' +
           padded(static_cast<int>(static_cast<unsigned>(then.month())), 2) + '-' +
           padded(static_cast<int>(static_cast<unsigned>(then.day())), 2);
}

/// The earlier of two ISO days, "" standing for none.
std::string earlier(std::string const& one, std::string const& other) {
    if (one.empty() || other.empty()) {
        return one.empty() ? other : one;
    }
    return std::min(one, other);
}

std::string day_of(casefile::Case const& file, casefile::Observation const& seen) {
    return earlier(seen.at ? day_of(file, **seen.at) : std::string{}, seen.source.date);
}

std::string digest_text(std::string const& sha256) {
    constexpr std::size_t shown = 16; // the whole stands in the frozen file and in note.json
    return sha256.substr(0, shown) + "…";
}

std::string frozen_text(NoteWriter const& writer, NoteFrozen const& frozen) {
    std::string const once =
        writer.say(frozen.is_stated ? phrases::frozen_as_stated : phrases::frozen_by_clock,
                   {{"date", date_text(frozen.on, writer.language())},
                    {"digest", digest_text(frozen.sha256)}});
    return frozen.times < 2
               ? once
               : writer.say(phrases::frozen_again,
                            {{"last", once},
                             {"count", std::to_string(frozen.times)},
                             {"first", date_text(frozen.first_on, writer.language())}});
}

/// The zone that was observed: nobody reads "observation-3". A capture keeps its id.
std::string item_name(NoteWriter const& writer, std::string const& id) {
    for (casefile::Observation const& seen : writer.file().observations) {
        if (*seen.id == id) {
            return writer.zone(*seen.zone);
        }
    }
    for (casefile::Reading const& reading : writer.file().readings) {
        if (*reading.id == id) {
            return writer.zone(*reading.zone);
        }
    }
    return id;
}

/// Captures first, then what documents report; with whose date each has.
std::string
items_text(NoteWriter const& writer, std::vector<std::string> const& ids, bool with_source) {
    std::vector<std::string> items;
    std::vector<std::string> documented;
    for (std::string const& id : ids) {
        if (find_capture(writer.file(), id) == nullptr) {
            documented.push_back(item_name(writer, id));
        } else {
            items.push_back(with_source ? writer.say(phrases::frozen_camera_clock, {{"id", id}})
                                        : id);
        }
    }
    if (!documented.empty()) {
        std::string const names = writer.joined(documented);
        items.push_back(with_source ? writer.say(phrases::frozen_document_dates, {{"items", names}})
                                    : names);
    }
    return writer.joined(items);
}

/// The kinds of tables that changed, in the words of the note.
std::string changed_text(NoteWriter const& writer, std::vector<std::string> const& tables) {
    std::vector<std::string> names;
    for (std::string const& table : tables) {
        auto const* const known =
            std::ranges::find(phrases::frozen_tables, table, &phrases::FrozenTable::table);
        names.push_back(known == phrases::frozen_tables.end() ? table : writer.say(known->name));
    }
    return writer.joined(names);
}

std::string results_text(NoteWriter const& writer) {
    ResultsByDay const results = results_by_day(writer.input());
    std::vector<std::string> parts;
    auto const add = [&](Phrase const& phrase, std::vector<std::string> const& ids, bool dated) {
        if (!ids.empty()) {
            parts.push_back(writer.say(phrase, {{"items", items_text(writer, ids, dated)}}));
        }
    };
    add(phrases::frozen_before, results.before, true);
    add(phrases::frozen_same, results.same_day, true);
    add(phrases::frozen_after, results.after, true);
    add(phrases::frozen_unknown, results.undated, false);
    return parts.empty()
               ? writer.say(phrases::frozen_results_none)
               : writer.joined(parts, writer.language() == Language::french ? "\u202F; " : "; ");
}

std::string contradiction_text(NoteWriter const& writer, Contradiction contradiction) {
    switch (contradiction) {
    case Contradiction::chosen_after_frozen:
        return writer.say(
            phrases::frozen_contradicts_day,
            {{"chosen",
              date_text(writer.file().report.propositions_chosen_on, writer.language())}});
    case Contradiction::results_unknown_but_before:
        return writer.say(phrases::frozen_contradicts_unknown);
    case Contradiction::results_known_but_none_before:
        break;
    }
    return writer.say(phrases::frozen_contradicts_known);
}

} // namespace

ResultsByDay results_by_day(NoteInput const& input) {
    ResultsByDay results;
    std::string const& frozen = input.frozen->on;
    auto const add = [&](std::string const& id, std::string const& day) {
        if (day.size() != iso_day) {
            results.undated.push_back(id);
        } else {
            (day < frozen    ? results.before
             : day == frozen ? results.same_day
                             : results.after)
                .push_back(id);
        }
    };
    for (NoteCapture const& capture : input.captures) {
        casefile::Capture const* const named = find_capture(input.file, capture.id);
        if (named != nullptr && *named->role == casefile::CaptureRole::evidence) {
            add(capture.id, capture.metadata.taken_at.substr(0, iso_day));
        }
    }
    for (casefile::Observation const& seen : input.file.observations) {
        if (*seen.kind != casefile::ObservationKind::not_examined) {
            add(*seen.id, day_of(input.file, seen));
        }
    }
    for (casefile::Reading const& reading : input.file.readings) {
        add(*reading.id, reading.source.date); // files do not say on which day they were read
    }
    return results;
}

std::vector<Contradiction> find_contradictions(NoteInput const& input) {
    std::vector<Contradiction> found;
    casefile::ReportHead const& head = input.file.report;
    ResultsByDay const results = results_by_day(input);
    if (!head.propositions_chosen_on.empty() &&
        head.propositions_chosen_on > input.frozen->first_on) {
        found.push_back(Contradiction::chosen_after_frozen);
    }
    if (head.results_known_before == false && !results.before.empty()) {
        found.push_back(Contradiction::results_unknown_but_before);
    }
    bool const all_after = results.before.empty() && results.same_day.empty() &&
                           results.undated.empty() && !results.after.empty();
    if (head.results_known_before == true && all_after) {
        found.push_back(Contradiction::results_known_but_none_before);
    }
    return found;
}

void add_frozen(NoteWriter const& writer, TableBlock& about) {
    if (!writer.input().frozen) {
        return;
    }
    NoteFrozen const& frozen = *writer.input().frozen;
    auto const row = [&](Phrase const& item, std::string content) {
        about.rows.push_back({plain(writer.say(item)), plain(std::move(content))});
    };
    row(phrases::frozen, frozen_text(writer, frozen));
    row(phrases::frozen_since,
        frozen.changed.empty() ? writer.say(phrases::frozen_unchanged)
                               : writer.say(phrases::frozen_changed,
                                            {{"tables", changed_text(writer, frozen.changed)}}));
    row(phrases::frozen_results, results_text(writer));
    std::vector<std::string> contradictions;
    for (Contradiction const each : find_contradictions(writer.input())) {
        contradictions.push_back(contradiction_text(writer, each));
    }
    if (!contradictions.empty()) {
        row(phrases::frozen_contradictions,
            writer.joined(contradictions,
                          writer.language() == Language::french ? "\u202F; " : "; "));
    }
}

} // namespace cmq::report
