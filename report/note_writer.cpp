// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/note_writer.hpp"

#include "report/phrases/findings.hpp"
#include "report/phrases/value.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace cmq::report {

void NoteWriter::section(Phrase const& title, std::string anchor) {
    ++sections_;
    heading(1, std::to_string(sections_) + ". " + say(title), std::move(anchor));
}

void NoteWriter::heading(int level, std::string text, std::string anchor) {
    add(Heading{level, std::move(text), std::move(anchor)});
}

void NoteWriter::paragraph(std::string text, ParagraphStyle style) {
    add(Paragraph{plain(std::move(text)), style});
}

void NoteWriter::list(std::vector<std::string> const& items, bool numbered) {
    List block;
    block.numbered = numbered;
    for (std::string const& item : items) {
        block.items.push_back(plain(item));
    }
    add(std::move(block));
}

TableColumn NoteWriter::column(Phrase const& heading, double weight, Alignment alignment) const {
    return {say(heading), alignment, weight};
}

std::string NoteWriter::count(std::size_t value) const {
    return count_text(static_cast<std::int64_t>(value), language_);
}

std::string NoteWriter::rounded(double value, int digits) const {
    return rounded_text(value, digits, language_);
}

std::string NoteWriter::ratio(double log10_value, int digits) const {
    return ratio_text(std::clamp(log10_value, -300.0, 300.0), digits, language_);
}

std::string NoteWriter::factor(double log10_value, int digits) const {
    return factor_text(std::clamp(log10_value, -300.0, 300.0), digits, language_);
}

std::string NoteWriter::zones(std::vector<std::string> const& ids) const {
    std::vector<std::string> labels;
    labels.reserve(ids.size());
    for (std::string const& id : ids) {
        labels.push_back(zone(id));
    }
    return joined(labels);
}

std::string NoteWriter::joined(std::vector<std::string> const& items,
                               std::string_view between) const {
    std::string result;
    for (std::string const& item : items) {
        result += result.empty() ? std::string_view{} : between;
        result += item;
    }
    return result;
}

std::string NoteWriter::proposition_text(std::string_view id) const {
    casefile::Proposition const* const found = find_proposition(file(), id);
    std::string text;
    if (found != nullptr) {
        text = typeset(text_in(found->text, language_), language_);
    }
    return text.empty() ? say(phrases::untitled_proposition, {{"id", std::string{id}}}) : text;
}

std::string NoteWriter::parameter_label(std::string_view name) const {
    for (lab::Evaluation const& evaluation : input_.evaluations) {
        for (lab::Parameter const& parameter : evaluation.parameters) {
            if (parameter.name == name) {
                std::string const& label =
                    language_ == Language::french ? parameter.label_fr : parameter.label_en;
                return label.empty() ? parameter.name : label;
            }
        }
    }
    return std::string{name};
}

std::string NoteWriter::capture_role(casefile::Capture const& capture) const {
    switch (*capture.role) {
    case casefile::CaptureRole::evidence:
        return say(phrases::role_evidence);
    case casefile::CaptureRole::blank:
        return say(phrases::role_blank);
    case casefile::CaptureRole::reference:
        return say(capture.material == "marker" ? phrases::role_reference_lot
                                                : phrases::role_reference);
    case casefile::CaptureRole::ambient:
        return say(phrases::role_ambient);
    case casefile::CaptureRole::visible:
        return say(phrases::role_visible);
    case casefile::CaptureRole::dark:
        return say(phrases::role_dark);
    case casefile::CaptureRole::flat:
        return say(phrases::role_flat);
    case casefile::CaptureRole::joined:
        return say(phrases::role_joined);
    case casefile::CaptureRole::scale:
        return say(phrases::role_scale);
    }
    return {};
}

std::string cut_text(std::string text, std::size_t longest) {
    if (text.size() <= longest) {
        return text;
    }
    std::size_t end = text.rfind(' ', longest);
    if (end == std::string::npos || end < longest / 2) { // no word ends there
        end = longest;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) {
            --end; // not within a character
        }
    }
    text.resize(end);
    return text + "…";
}

} // namespace cmq::report
