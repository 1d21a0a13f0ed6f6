// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/missing.hpp"

#include "report/facts.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace cmq::report {

namespace {

using casefile::Capture;
using casefile::CaptureRole;

constexpr std::array<std::string_view, 20> names{"raw_files",
                                                 "blanks",
                                                 "lot_reference",
                                                 "dark_frame",
                                                 "ambient",
                                                 "visible",
                                                 "scale",
                                                 "lamp",
                                                 "filter",
                                                 "unexamined_zones",
                                                 "code_reading",
                                                 "lot_register",
                                                 "glove_log",
                                                 "who_fired",
                                                 "examination_time",
                                                 "population",
                                                 "look_alike_frequency",
                                                 "product_data",
                                                 "laboratory_validation",
                                                 "propositions_record"};

/// The case says, in `held`, that a paper is on file already: by the words of `contremarque requests`.
bool is_held(casefile::Case const& file, MissingItem item) {
    constexpr std::array<std::pair<MissingItem, std::string_view>, 9> papers{
        {{MissingItem::raw_files, "raw_files"},
         {MissingItem::blanks, "blanks"},
         {MissingItem::lot_reference, "reference_sample"},
         {MissingItem::lamp, "lamp_and_filter"},
         {MissingItem::filter, "lamp_and_filter"},
         {MissingItem::lot_register, "lot_register"},
         {MissingItem::glove_log, "glove_changes"},
         {MissingItem::who_fired, "who_did_what"},
         {MissingItem::population, "people_checked"}}};
    return std::any_of(papers.begin(), papers.end(), [&](auto const& paper) {
        return paper.first == item &&
               std::any_of(file.head.held.begin(), file.head.held.end(), [&](auto const& held) {
                   return *held == paper.second;
               });
    });
}

class Collector {
public:
    explicit Collector(NoteInput const& input) : input_{input} {}

    void add(MissingItem item, std::vector<std::string> details = {}) {
        if (!is_held(input_.file, item)) {
            result_.push_back({item, std::move(details)});
        }
    }

    void add_if(bool condition, MissingItem item) {
        if (condition) {
            add(item);
        }
    }

    /// One entry that names the captures of role evidence for which `lacks` holds.
    template <class Lacks>
    void add_for_evidence(MissingItem item, Lacks const& lacks) {
        std::vector<std::string> ids;
        for (Capture const& capture : input_.file.captures) {
            if (*capture.role == CaptureRole::evidence && lacks(capture)) {
                ids.push_back(*capture.id);
            }
        }
        if (!ids.empty()) {
            add(item, std::move(ids));
        }
    }

    [[nodiscard]] std::vector<Missing> take() { return std::move(result_); }

private:
    NoteInput const& input_;
    std::vector<Missing> result_;
};

std::size_t count_role(casefile::Case const& file, CaptureRole role) {
    return static_cast<std::size_t>(
        std::count_if(file.captures.begin(), file.captures.end(), [&](Capture const& capture) {
            return *capture.role == role;
        }));
}

bool has_lot_reference(casefile::Case const& file) {
    return std::any_of(file.captures.begin(), file.captures.end(), [](Capture const& capture) {
        return *capture.role == CaptureRole::reference && capture.material == "marker";
    });
}

/// No zone was looked at, or of one of them the documents do not say what `lacks` looks for.
template <class Lacks>
bool is_lacking(casefile::Case const& file, Lacks const& lacks) {
    bool any = false;
    for (casefile::Observation const& seen : file.observations) {
        if (*seen.kind == casefile::ObservationKind::not_examined ||
            *seen.kind == casefile::ObservationKind::reading) {
            continue;
        }
        any = true;
        if (lacks(seen)) {
            return true;
        }
    }
    return !any;
}

/// What a picture needs beside it is asked for only where there is one.
void add_captures(Collector& list, NoteInput const& input) {
    casefile::Case const& file = input.file;
    bool const any = count_role(file, CaptureRole::evidence) > 0;
    list.add_if(!any, MissingItem::raw_files);
    list.add_if(count_role(file, CaptureRole::blank) < 2, MissingItem::blanks);
    list.add_if(!has_lot_reference(file), MissingItem::lot_reference);
    if (!any) {
        list.add_if(is_lacking(file,
                               [](casefile::Observation const& seen) {
                                   return !seen.lamp_nm || !seen.distance_cm || !seen.room;
                               }),
                    MissingItem::lamp);
        list.add_if(
            is_lacking(file, [](casefile::Observation const& seen) { return seen.filter.empty(); }),
            MissingItem::filter);
        return;
    }
    list.add_if(count_role(file, CaptureRole::dark) == 0, MissingItem::dark_frame);
    bool const in_visible_light = casefile::seeks_darker(file); // by no lamp of its own
    list.add_if(!in_visible_light && count_role(file, CaptureRole::ambient) == 0,
                MissingItem::ambient);
    list.add_if(!in_visible_light && count_role(file, CaptureRole::visible) == 0,
                MissingItem::visible);
    list.add_for_evidence(MissingItem::scale, [&](Capture const& capture) {
        return !capture.mm_per_photosite && count_role(file, CaptureRole::scale) == 0;
    });
    list.add_for_evidence(MissingItem::lamp, [&](Capture const& capture) {
        return !in_visible_light && !capture.lamp_nm;
    });
    list.add_for_evidence(MissingItem::filter,
                          [](Capture const& capture) { return capture.filter.empty(); });
}

void add_circumstances(Collector& list, NoteInput const& input) {
    casefile::Case const& file = input.file;
    std::vector<std::string> zones = unexamined_zones(input);
    if (!zones.empty()) {
        list.add(MissingItem::unexamined_zones, std::move(zones));
    }
    list.add_if(!has_reading(file), MissingItem::code_reading);
    list.add_if(input.readings.registry_sha256.empty(), MissingItem::lot_register);
    bool const gloves =
        std::any_of(file.events.begin(), file.events.end(), [](casefile::Event const& event) {
            return *event.kind == casefile::EventKind::glove_change;
        });
    list.add_if(!gloves, MissingItem::glove_log);
    list.add(MissingItem::who_fired);
    // Hours that are not known to a quarter of an hour are as good as not recorded for a drying liquid.
    constexpr double well_known_min = 15.0;
    bool const vague =
        file.deliveries.empty() ||
        std::any_of(file.deliveries.begin(), file.deliveries.end(), [](auto const& delivery) {
            return delivery.at->uncertainty_min > well_known_min;
        });
    bool const vague_events =
        std::any_of(file.events.begin(), file.events.end(), [](casefile::Event const& event) {
            return event.at->uncertainty_min > well_known_min;
        });
    list.add_if(vague || vague_events, MissingItem::examination_time);
    list.add_if(!file.population, MissingItem::population);
}

} // namespace

std::string_view to_text(MissingItem item) noexcept {
    return names[static_cast<std::size_t>(item)];
}

std::vector<Missing> find_missing(NoteInput const& input) {
    Collector list{input};
    add_captures(list, input);
    add_circumstances(list, input);
    list.add_if(!look_alike_has_data(input), MissingItem::look_alike_frequency);
    GradeCount const grades = count_grades(used_parameters(input));
    list.add_if(grades.product < grades.all || grades.all == 0, MissingItem::product_data);
    list.add(MissingItem::laboratory_validation);
    casefile::ReportHead const& head = input.file.report;
    list.add_if(head.propositions_chosen_by.empty() || head.propositions_chosen_on.empty() ||
                    head.results_known_before.value_or(true),
                MissingItem::propositions_record);
    return list.take();
}

std::vector<std::string> unexamined_zones(NoteInput const& input) {
    std::vector<std::string> result;
    for (casefile::Carrier const& carrier : input.file.carriers) {
        bool const examined =
            std::any_of(input.findings.begin(), input.findings.end(), [&](NoteFinding const& each) {
                return each.finding.zone == *carrier.id &&
                       each.finding.kind != lab::FindingKind::not_examined;
            });
        if (!examined) {
            result.push_back(*carrier.id);
        }
    }
    return result;
}

} // namespace cmq::report
