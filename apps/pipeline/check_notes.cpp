// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_notes.hpp"

#include "apps/pipeline/make_notes.hpp"
#include "core/error.hpp"
#include "report/json_envelope.hpp"
#include "system/file.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>

namespace cmq::pipeline {
namespace {

namespace fs = std::filesystem;

constexpr std::array pages{".fr.pdf", ".fr.html", ".en.pdf", ".en.html"};

bool is_there(fs::path const& path) {
    std::error_code missing;
    return fs::exists(path, missing);
}

/// Compares the notes with the files of a folder while they are made.
class NotesBeside {
public:
    NotesBeside(fs::path folder, bool is_from_this_program)
        : folder_{std::move(folder)}
        , is_from_this_program_{is_from_this_program} {}

    void begin(std::string const& name) {
        end();
        name_ = name;
        done_ = 0;
        is_same_ = true;
        try {
            found_ = read_file(folder_ / name);
        } catch (
            Error const&) { // not asked for when the folder was made; the manifest tells if it should be there
            found_.reset();
        }
    }

    void add(std::span<std::byte const> part) {
        if (!found_ || !is_same_) {
            return;
        }
        auto const rest = std::span{*found_}.subspan(done_);
        is_same_ = rest.size() >= part.size() && std::ranges::equal(part, rest.first(part.size()));
        done_ += is_same_ ? part.size() : 0;
    }

    [[nodiscard]] std::vector<Check> take() {
        end();
        return std::move(checks_);
    }

private:
    void end() {
        if (!found_) {
            return;
        }
        Check check{CheckKind::note, CheckState::good, CheckReason::none, name_, {}};
        if (!is_same_ || done_ != found_->size()) {
            check.state = is_from_this_program_ ? CheckState::bad : CheckState::not_checked;
            check.reason =
                is_from_this_program_ ? CheckReason::differs : CheckReason::other_program;
        }
        checks_.push_back(std::move(check));
        found_.reset();
    }

    fs::path folder_;
    bool is_from_this_program_;
    std::string name_;
    std::optional<std::vector<std::byte>> found_; ///< of the note that is being made
    std::size_t done_ = 0;                        ///< of its bytes
    bool is_same_ = true;
    std::vector<Check> checks_;
};

/// Those of which the folder holds any file; making the others would only take time.
std::vector<report::Length> lengths_in(fs::path const& folder) {
    std::vector<report::Length> lengths;
    for (auto const length :
         {report::Length::summary, report::Length::report, report::Length::annex}) {
        if (std::ranges::any_of(pages, [&](char const* end) {
                return is_there(folder / (std::string{file_stem(length)} + end));
            })) {
            lengths.push_back(length);
        }
    }
    return lengths;
}

} // namespace

std::vector<Check> check_notes(fs::path const& folder,
                               report::NoteInput const& input,
                               report::Renderer const& renderer) {
    bool const can_render = static_cast<bool>(renderer.pdf);
    NoteSettings settings{.formats = {Format::json}, .lengths = lengths_in(folder)};
    if (can_render) { // the charts of the HTML come from it too
        settings.formats = {Format::pdf, Format::html, Format::json};
    }
    NotesBeside beside{folder, input.program == "Contremarque " + report::program_version()};
    make_notes(input,
               settings,
               renderer,
               {.begin = [&beside](std::string const& name) { beside.begin(name); },
                .add = [&beside](std::span<std::byte const> part) { beside.add(part); }});
    std::vector<Check> checks = beside.take();
    for (report::Length const length : settings.lengths) {
        for (char const* end : pages) {
            std::string name = std::string{file_stem(length)} + end;
            if (!can_render && is_there(folder / name)) {
                checks.push_back({CheckKind::note,
                                  CheckState::not_checked,
                                  CheckReason::no_renderer,
                                  std::move(name),
                                  {}});
            }
        }
    }
    return checks;
}

} // namespace cmq::pipeline
