// SPDX-License-Identifier: GPL-3.0-or-later

#include "core/error.hpp"
#include "render/pdf_tags.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace cmq::render {

namespace {

[[noreturn]] void refuse_marks() {
    throw Error{ErrorKind::internal,
                {"les repères d’une page du PDF ne se répondent pas",
                 "the marks on a page of the PDF do not match"}};
}

/// The element that a line begins, -1 where it ends one, nothing where it is no mark.
std::optional<long> read_mark(std::string_view line) {
    constexpr std::string_view rest = " -7000000 1 1 re";
    if (line.size() < rest.size() || line.substr(line.size() - rest.size()) != rest) {
        return std::nullopt;
    }
    std::string_view const number = line.substr(0, line.size() - rest.size());
    long x = 0;
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), x);
    if (error != std::errc{} || end != number.data() + number.size() ||
        x > static_cast<long>(mark_origin)) {
        return std::nullopt;
    }
    return static_cast<long>(mark_origin) - 1 - x;
}

bool paints(std::string_view line) {
    constexpr std::array<std::string_view, 9> painting{
        "Tj", "TJ", "Do", "f", "f*", "S", "B", "B*", "sh"};
    std::size_t const space = line.rfind(' ');
    std::string_view const last = space == std::string_view::npos ? line : line.substr(space + 1);
    return std::ranges::find(painting, last) != painting.end();
}

/// Collects the lines of a page; what stands between elements is an artifact.
class Tagger {
public:
    explicit Tagger(bool tags) : tags_{tags} {}

    void line(std::string_view text) {
        part_.append(text);
        part_ += '\n';
        painted_ = painted_ || paints(text);
    }

    void mark(long id) {
        bool const ends = id < 0;
        if (ends != open_.has_value()) {
            refuse_marks();
        }
        flush();
        open_ = ends ? std::nullopt : std::optional{static_cast<std::size_t>(id)};
    }

    TaggedPage take() && {
        if (open_) {
            refuse_marks();
        }
        flush();
        return std::move(page_);
    }

private:
    // A part without anything painted only sets states and stays unmarked.
    void flush() {
        bool const marked = tags_ && painted_;
        if (marked) {
            page_.operators +=
                open_ ? "/P <</MCID " + std::to_string(page_.elements.size()) + ">> BDC\n"
                      : "/Artifact BMC\n";
            if (open_) {
                page_.elements.push_back(*open_);
            }
        }
        page_.operators += part_;
        page_.operators += marked ? "EMC\n" : "";
        part_.clear();
        painted_ = false;
    }

    bool tags_;
    bool painted_ = false;
    std::string part_;
    std::optional<std::size_t> open_;
    TaggedPage page_;
};

} // namespace

TaggedPage replace_marks(std::string_view operators, bool tags) {
    Tagger tagger{tags};
    while (!operators.empty()) {
        std::size_t const end = std::min(operators.find('\n'), operators.size());
        std::string_view const line = operators.substr(0, end);
        operators.remove_prefix(std::min(end + 1, operators.size()));
        std::optional<long> const mark = read_mark(line);
        if (!mark) {
            tagger.line(line);
            continue;
        }
        // The rectangle is filled by the next line.
        if (operators.substr(0, 2) != "f\n") {
            refuse_marks();
        }
        operators.remove_prefix(2);
        tagger.mark(*mark);
    }
    return std::move(tagger).take();
}

} // namespace cmq::render
