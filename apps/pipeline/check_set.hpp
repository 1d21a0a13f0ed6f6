// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Whether a set of captures holds what a measurement needs: for the bench, before the exhibit is sealed again.

#pragma once

#include "capture/examine_file.hpp"
#include "casefile/case.hpp"
#include "core/sentence.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cmq::pipeline {

enum class SetItem : std::uint8_t {
    evidence,  ///< at least one capture of what is examined
    blank,     ///< two or more, with the evidence's settings
    reference, ///< of the lot, with its camera
    ambient,   ///< lamp off, with its settings
    scale,     ///< a capture with a rule, or the scale stated
    seal,      ///< the number of the seal stated
    raw,       ///< files that can be measured
    copies,    ///< no file twice
    simulated, ///< none is marked as simulated
    visible,   ///< useful: a capture in visible light
    dark,      ///< useful for long exposures: a dark frame
};

[[nodiscard]] std::string_view to_text(SetItem item) noexcept;

enum class SetState : std::uint8_t {
    there,
    missing, ///< needed
    differs, ///< there, and not as it must be
    useful,  ///< not there, and worth taking while the exhibit is open
};

struct SetFile {
    casefile::CaptureRole role = casefile::CaptureRole::evidence;
    std::string name; ///< as typed
    std::string sha256;
    bool is_raw = false;
    capture::Metadata metadata;
};

struct SetStated {
    std::optional<std::string> seal;
    std::optional<double> mm_per_photosite;
};

struct SetCheck {
    SetItem item = SetItem::evidence;
    SetState state = SetState::there;
    std::vector<std::string> files; ///< those that it speaks of
    Sentence detail;                ///< what is lacking or differs; may be empty
};

/// One check an item, in their order; `simulated` and `dark` only where they have something to say.
/// Settings agree where camera and ISO are the same and exposures lie within a tenth; what a file does not state
/// is taken to agree.
[[nodiscard]] std::vector<SetCheck> check_set(std::span<SetFile const> files,
                                              SetStated const& stated);

/// Nothing needed is missing or differs.
[[nodiscard]] bool is_complete(std::span<SetCheck const> checks);

/// The role that a word stands for: those of the case file, and how a name of a file begins with one
/// ("blank_1.dng", "temoin-2.dng"). Nothing where none does.
[[nodiscard]] std::optional<casefile::CaptureRole> role_of_name(std::string_view name);

} // namespace cmq::pipeline
