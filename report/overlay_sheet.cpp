// SPDX-License-Identifier: GPL-3.0-or-later

#include "report/overlay_sheet.hpp"

#include "core/error.hpp"
#include "core/number_text.hpp"
#include "core/sentence.hpp"
#include "report/overlay_outline.hpp"
#include "report/picture.hpp"
#include "report/significance_picture.hpp"
#include "report/typography.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::report {
namespace {

constexpr int widest = 1400; // pixels of a panel
constexpr int enough = 700;

// Where pixels of a panel lie in the frame, and how often each is repeated.
struct Grid {
    FramePicture picture;
    int times = 1;

    [[nodiscard]] int width() const { return picture.pixels.width * times; }

    [[nodiscard]] int height() const { return picture.pixels.height * times; }
};

Pixels repeated(Grid const& grid, Pixels const& pixels) {
    Pixels large{.width = grid.width(), .height = grid.height(), .rgb = {}};
    large.rgb.reserve(static_cast<std::size_t>(large.width) *
                      static_cast<std::size_t>(large.height) * 3);
    for (int y = 0; y < large.height; ++y) {
        for (int x = 0; x < large.width; ++x) {
            auto const from = 3 * (static_cast<std::size_t>(y / grid.times) *
                                       static_cast<std::size_t>(pixels.width) +
                                   static_cast<std::size_t>(x / grid.times));
            for (std::size_t c = 0; c < 3; ++c) {
                large.rgb.push_back(pixels.rgb[from + c]);
            }
        }
    }
    return large;
}

std::vector<Mark> numbers_of(Grid const& grid, detect::Detection const& detection) {
    auto traces = detection.traces;
    std::ranges::stable_sort(traces, [](auto const& a, auto const& b) { return a.snr > b.snr; });
    traces.resize(std::min(traces.size(), most_numbered));
    std::vector<Mark> marks;
    for (detect::Trace const& trace : traces) {
        auto const width = static_cast<double>(trace.box[2] - trace.box[0] + 1);
        auto const height = static_cast<double>(trace.box[3] - trace.box[1] + 1);
        Spot const middle{0.5 * static_cast<double>(trace.box[0] + trace.box[2]),
                          0.5 * static_cast<double>(trace.box[1] + trace.box[3]),
                          0.0};
        Mark mark = to_mark(middle, grid.picture, std::to_string(trace.id));
        double const times = grid.times;
        mark.x = (mark.x + 0.5) * times - 0.5;
        mark.y = (mark.y + 0.5) * times - 0.5;
        mark.radius =
            0.5 * std::max(width, height) / grid.picture.photosites_per_pixel * times + 3.0;
        mark.ring = false;
        marks.push_back(std::move(mark));
    }
    return marks;
}

ColourLegend
legend_of(SignificanceScale const& scale, detect::Detection const& detection, Language language) {
    ColourLegend legend;
    legend.title =
        Sentence{{"rapport signal sur bruit du filtre", "signal-to-noise of the filter"}}.in(
            language);
    constexpr int steps = 64;
    for (int i = 0; i <= steps; ++i) {
        legend.colours.push_back(viridis(static_cast<double>(i) / steps));
    }
    auto const tick = [&](double snr) {
        double const at = scale.share(snr);
        bool const is_free = std::ranges::none_of(
            legend.ticks, [&](auto const& other) { return std::abs(other.at - at) < 0.12; });
        if (is_free && at >= 0.0 && at <= 1.0) {
            legend.ticks.push_back({at, decimal_text(snr, snr < 9.95 ? 1 : 0, language)});
        }
    };
    tick(scale.low);
    tick(scale.high);
    tick(detection.threshold);
    constexpr int most_powers = 12; // ticks beyond the bar are left out
    for (int power = 0; power < most_powers; ++power) {
        for (double const step : {1.0, 2.0, 5.0}) {
            tick(step * std::pow(10.0, power));
        }
    }
    legend.patches = {
        {below_border_colour,
         Sentence{{"moins que le bord d’une trace", "less than the border of a trace"}}.in(
             language)},
        {no_part_colour, Sentence{{"non examiné", "took no part"}}.in(language)}};
    return legend;
}

ScaleBar bar_of(Grid const& grid, OverlaySubject const& subject, Language language) {
    ScaleBar bar = make_scale_bar(grid.picture, subject.mm_per_photosite, language);
    bar.length_pixels *= grid.times;
    return bar;
}

std::string stretch_text(FramePicture const& picture, Language language) {
    Stretch const& stretch = picture.stretch;
    Sentence const text{
        {"Noir à {} DN et blanc à {} DN au-dessus du noir du capteur, gamma {} ; couleurs du "
         "capteur, "
         "sans balance des blancs ; un pixel pour {} x {} photosites.",
         "Black at {} DN and white at {} DN above the sensor's black, gamma {}; the sensor's own "
         "colours, no white balance; one pixel for {} x {} photosites."},
        rounded_text(stretch.low_dn, 4, language),
        rounded_text(stretch.high_dn, 4, language),
        rounded_text(stretch.gamma, 2, language),
        picture.photosites_per_pixel,
        picture.photosites_per_pixel};
    Sentence const no_data{{" Pourpre : aucune donnée.", " Purple: no data."}};
    return text.in(language) + (picture.has_no_data ? no_data.in(language) : "");
}

std::vector<std::string> notes_of(detect::Detection const& detection, Language language) {
    std::size_t const count = detection.traces.size();
    Sentence const found = count == 0   ? Sentence{{"Aucune trace.", "No trace."}}
                           : count == 1 ? Sentence{{"Une trace.", "One trace."}}
                                        : Sentence{{"{} traces.", "{} traces."}, count};
    std::vector<std::string> notes{
        Sentence{
            {"{} Une trace demande un rapport signal sur bruit de {} ; dans une image qui n’en "
             "aurait aucune, le bruit en donnerait {} en moyenne.",
             "{} A trace needs a signal-to-noise of {}; in a frame without any, {} would be "
             "expected from noise."},
            found,
            rounded_text(detection.threshold, 2, language),
            rounded_text(detection.false_traces_expected, 2, language)}
            .in(language),
        Sentence{{"Rien n’est mesuré sur ces images : les mesures viennent du fichier brut. Qu’une "
                  "trace soit détectée se juge contre des blancs.",
                  "Nothing is measured on these pictures: measurements come from the RAW file. "
                  "Whether a trace counts as detected is judged against blanks."}}
            .in(language)};
    if (count > most_numbered) {
        notes.push_back(Sentence{{"Seules les {} traces les plus nettes portent leur numéro.",
                                  "Only the {} clearest traces carry their number."},
                                 most_numbered}
                            .in(language));
    }
    return notes;
}

// Cells of four photosites, for to_picture.
Frame frame_of(detect::ResampledPicture const& visible) {
    Frame frame;
    frame.shape = {2 * visible.cells.height, 2 * visible.cells.width};
    frame.value.assign(static_cast<std::size_t>(frame.shape.area()), 0.0F);
    frame.mask.assign(frame.value.size(), 0);
    for (std::ptrdiff_t y = 0; y < frame.shape.height; ++y) {
        for (std::ptrdiff_t x = 0; x < frame.shape.width; ++x) {
            auto const i = static_cast<std::size_t>(y * frame.shape.width + x);
            auto const cell = static_cast<std::size_t>(y / 2 * visible.cells.width + x / 2);
            Plane const plane = frame.cfa.at(y, x);
            frame.value[i] = plane == Plane::red    ? visible.red[cell]
                             : plane == Plane::blue ? visible.blue[cell]
                                                    : visible.green[cell];
            frame.mask[i] = visible.is_seen[cell] != 0 ? std::uint8_t{0} : mask_bit::no_data;
        }
    }
    return frame;
}

Grid grid_of(Frame const& frame) {
    View const view{&frame, whole(frame.shape)};
    Grid grid{to_picture(view, measure_stretch(std::array{view}), widest), 1};
    grid.times = std::max(1, (enough + grid.picture.pixels.width - 1) / grid.picture.pixels.width);
    return grid;
}

} // namespace

PictureSheet make_overlay_sheet(Frame const& frame,
                                detect::Detection const& detection,
                                OverlaySubject const& subject,
                                Language language) {
    CMQ_EXPECTS(detection.shape == frame.shape);
    CMQ_EXPECTS(detection.significance.size() ==
                static_cast<std::size_t>((frame.shape.height / 2) * (frame.shape.width / 2)));
    Grid const grid = grid_of(frame);
    SignificancePixels const map = to_significance_pixels(
        frame, detection, grid.picture.region, grid.picture.photosites_per_pixel);
    SignificanceScale const scale = measure_significance_scale(detection);

    Picture plain;
    plain.pixels = repeated(grid, grid.picture.pixels);
    Picture marked = plain;
    Picture coloured;
    plain.title = Sentence{{"Image non traitée", "Untouched"}}.in(language);
    plain.caption = stretch_text(grid.picture, language);
    draw_outlines(map.inside, map.width, grid.times, marked.pixels);
    marked.marks = numbers_of(grid, detection);
    marked.scale_bar = bar_of(grid, subject, language);
    marked.title =
        Sentence{{"Traces entourées et numérotées", "Traces outlined and numbered"}}.in(language);
    marked.caption =
        Sentence{{"Même rendu que l’image non traitée. Le contour suit l’extérieur de ce "
                  "qui dépasse le seuil inférieur.",
                  "Drawn as the untouched picture is. The outline runs along the outside "
                  "of what exceeds the lower threshold."}}
            .in(language);
    coloured.pixels = repeated(grid, map.coloured(scale));
    coloured.title =
        Sentence{{"Significativité, en fausses couleurs", "Significance in false colours"}}.in(
            language);
    coloured.caption =
        Sentence{
            {"Échelle logarithmique ; un pixel montre le plus grand rapport signal sur bruit de "
             "ses "
             "cellules. Ce qui est coloré hors des traces dépasse le bord, non le seuil.",
             "Logarithmic scale; a pixel shows the largest signal-to-noise of its cells. What is "
             "coloured outside traces exceeds the border, not the threshold."}}
            .in(language);
    PictureSheet sheet;
    sheet.title = subject.name;
    sheet.stamp = subject.simulated ? Sentence{{"SIMULÉ", "SIMULATED"}}.in(language) : "";
    sheet.panels = {{std::move(plain), {}},
                    {std::move(marked), {}},
                    {std::move(coloured), legend_of(scale, detection, language)}};
    sheet.notes = notes_of(detection, language);
    return sheet;
}

SheetPanel make_visible_panel(Frame const& frame,
                              detect::Detection const& detection,
                              detect::ResampledPicture const& visible,
                              std::optional<double> residual,
                              std::string const& name,
                              Language language) {
    CMQ_EXPECTS(visible.cells.height == frame.shape.height / 2 &&
                visible.cells.width == frame.shape.width / 2);
    Grid const grid = grid_of(frame_of(visible));
    SignificancePixels const map = to_significance_pixels(
        frame, detection, grid.picture.region, grid.picture.photosites_per_pixel);
    Picture picture;
    picture.pixels = repeated(grid, grid.picture.pixels);
    draw_outlines(map.inside, map.width, grid.times, picture.pixels);
    picture.marks = numbers_of(grid, detection);
    picture.title =
        Sentence{{"Les mêmes traces sur {}", "The same traces on {}"}, name}.in(language);
    Sentence const placed =
        residual ? Sentence{{"Image recalée sur la première, écart résiduel de {} photosites",
                             "Aligned with the first, residual {} photosites"},
                            rounded_text(*residual, 2, language)}
                 : Sentence{{"Image posée sans recalage : qu’elle ait été prise du même endroit "
                             "est l’affirmation de qui a lancé le programme",
                             "Laid on without alignment: that it was taken from the same place "
                             "is the word of whoever ran the program"}};
    picture.caption = Sentence{{"{} ; interpolée, rien n’y est mesuré. {}",
                                "{}; interpolated, nothing is measured on it. {}"},
                               placed,
                               Sentence::verbatim(stretch_text(grid.picture, language))}
                          .in(language);
    return {std::move(picture), {}};
}

} // namespace cmq::report
