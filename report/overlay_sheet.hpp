// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// What was found in a frame, as pictures for people: untouched, with traces outlined and numbered, and the
/// significance in false colours.

#pragma once

#include "core/frame.hpp"
#include "core/language.hpp"
#include "detect/detect_traces.hpp"
#include "detect/register_frames.hpp"
#include "report/document.hpp"
#include "report/significance_picture.hpp"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace cmq::report {

/// The bar that explains the colours of a picture, from its low end to its high one.
struct ColourLegend {
    struct Tick {
        double at = 0.0; ///< 0 to 1 along the bar
        std::string label;
    };

    struct Patch { ///< a colour that stands for something else than a number
        Rgb colour{};
        std::string label;
    };

    std::string title;
    std::vector<Rgb> colours; ///< evenly spaced
    std::vector<Tick> ticks;
    std::vector<Patch> patches;
};

struct SheetPanel {
    Picture picture;
    std::optional<ColourLegend> legend;
};

/// Pictures of one file on one sheet.
struct PictureSheet {
    std::string title;
    std::string stamp; ///< in large letters: "SIMULATED"; "" without
    std::vector<SheetPanel> panels;
    std::vector<std::string> notes; ///< paragraphs
};

struct OverlaySubject {
    std::string name; ///< of the file, without its folder
    bool simulated = false;
    std::optional<double> mm_per_photosite = std::nullopt;
};

/// Three panels of one size with one stretch.
///
/// The outline runs along the outside of what lies above the lower threshold in a trace's box; saturated photosites
/// in a box count as inside. At most most_numbered traces carry their number, the clearest. In the map a pixel shows the
/// largest signal-to-noise behind it.
///
/// \pre detection is of this frame and was made with Settings::keep_significance
[[nodiscard]] PictureSheet make_overlay_sheet(Frame const& frame,
                                              detect::Detection const& detection,
                                              OverlaySubject const& subject,
                                              Language language);

/// The traces, outlined and numbered as on the sheet, on another capture of the scene brought onto the frame's grid.
/// \param name  of the other capture's file
/// \param residual  of the alignment, photosites; nothing: laid on as it is, on the user's word
/// \pre visible was resampled onto this frame, and detection is as for make_overlay_sheet
[[nodiscard]] SheetPanel make_visible_panel(Frame const& frame,
                                            detect::Detection const& detection,
                                            detect::ResampledPicture const& visible,
                                            std::optional<double> residual,
                                            std::string const& name,
                                            Language language);

inline constexpr std::size_t most_numbered = 200;

} // namespace cmq::report
