// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/detect_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"
#include "detect/flux_with_areas.hpp"
#include "detect/plane_summary.hpp"
#include "detect/trace_area.hpp"

#include <algorithm>
#include <cmath>

namespace cmq::cli {
namespace {

using detect::Detection;
using detect::PlaneSummary;
using detect::Trace;

std::string right(std::string const& text, std::size_t width) {
    std::size_t const taken = columns_of(text);
    return taken >= width ? ' ' + text : std::string(width - taken, ' ') + text;
}

// A sentence on lines of at most 80 columns, the first after `first`, others indented.
std::string lines_of(std::string const& first, std::string const& sentence) {
    return cmq::wrapped(sentence, 80, first, "    ") + '\n';
}

std::string promise(Speaker const& say, Detection const& detection) {
    std::size_t const count = detection.traces.size();
    std::string const found =
        count == 0   ? say({"Aucune trace n’a été détectée.", "No trace was found."})
        : count == 1 ? say({"Une trace a été détectée.", "One trace was found."})
                     : say({"{} traces ont été détectées.", "{} traces were found."}, count);
    if (detection.false_discovery_rate) {
        return found +
               say({" Parmi celles trouvées, {} % en moyenne sont attendues fausses ; une trace "
                    "demande un rapport signal sur bruit de {}.",
                    " Of those found, {} % on average are expected to be false; a trace needs "
                    "a signal-to-noise of {}."},
                   say.figure(number_text(100.0 * *detection.false_discovery_rate)),
                   say.figure(fixed_text(detection.threshold, 1)));
    }
    return found + say({" Dans une image qui n’en aurait aucune, le bruit en donnerait {} en "
                        "moyenne ; une trace demande un rapport signal sur bruit de {}.",
                        " In a frame without any, {} would be expected from noise; a trace needs a "
                        "signal-to-noise of {}."},
                       say.figure(number_text(detection.false_traces_expected)),
                       say.figure(fixed_text(detection.threshold, 1)));
}

std::string
area_lines(Speaker const& say, std::vector<Trace> const& traces, detect::SceneScale const& scale) {
    double mm2 = 0.0;
    double border = 0.0;   // variance of each trace's own
    double of_scale = 0.0; // common to all
    for (Trace const& trace : traces) {
        auto const own = detect::measure_area(trace, {scale.mm_per_photosite, 0.0});
        mm2 += own.mm2;
        border += own.mm2_sigma * own.mm2_sigma;
    }
    of_scale = 2.0 * mm2 * scale.mm_per_photosite_sigma.value_or(0.0) / scale.mm_per_photosite;
    return lines_of("  ",
                    say({"Aire de toutes les traces : {} mm², incertitude type {} mm² ({}).",
                         "Area of all traces: {} mm2, standard uncertainty {} mm2 ({})."},
                        say.figure(significant_text(mm2, 4)),
                        say.figure(significant_text(std::hypot(std::sqrt(border), of_scale), 2)),
                        scale.mm_per_photosite_sigma
                            ? Sentence{{"grain du bord et échelle", "grain of borders and scale"}}
                            : Sentence{{"grain du bord seul : l’échelle est donnée sans la "
                                        "sienne",
                                        "grain of borders only: the scale is stated without its "
                                        "own"}}));
}

std::string trace_lines(Speaker const& say,
                        std::vector<Trace> const& traces,
                        std::optional<detect::SceneScale> const& scale) {
    std::string text = say({"    id      x      y cell.    S/B  lg NFA  flux r, v1, v2, b (DN)\n",
                            "    id      x      y cells    S/N  lg NFA  flux r, g1, g2, b (DN)\n"});
    for (Trace const& trace : traces) {
        text += right(number_text(static_cast<double>(trace.id)), 6) +
                right(say.figure(fixed_text(trace.x, 1)), 7) +
                right(say.figure(fixed_text(trace.y, 1)), 7) +
                right(number_text(static_cast<double>(trace.area_cells)), 6) +
                right(say.figure(fixed_text(trace.snr, 1)), 7) +
                right(say.figure(fixed_text(trace.log10_nfa, 1)), 8);
        for (double const flux : trace.flux_dn) {
            text += right(fixed_text(flux, 0), 9);
        }
        text += trace.saturated ? " *\n" : "\n";
    }
    bool const any = std::ranges::any_of(traces, &Trace::saturated);
    text += (any ? say({"  * saturée : son flux est une limite inférieure\n",
                        "  * saturated: its flux is a lower limit\n"})
                 : "");
    return text + (scale ? area_lines(say, traces, *scale) : "");
}

std::string with_areas_lines(Speaker const& say, report::DetectFindings const& findings) {
    auto const flux = detect::flux_with_areas(findings.total, findings.areas);
    if (!flux) {
        return "";
    }
    return lines_of(
        "  ",
        say({"Lumière des traces et des grandes zones ensemble, rien n’étant compté deux fois : "
             "{}{} DN, incertitude type {} DN, sans promesse. Blancs et limites se comparent à "
             "celle des seules traces, {} DN.",
             "Light of traces and large areas together, nothing counted twice: {}{} DN, standard "
             "uncertainty {} DN, without a promise. Blanks and limits are compared with that of "
             "traces alone, {} DN."},
            flux->lower_limit ? Sentence{{"au moins ", "at least "}} : Sentence{},
            say.figure(significant_text(flux->flux_dn, 4)),
            say.figure(significant_text(flux->flux_dn_sigma, 2)),
            say.figure(significant_text(findings.total.flux_dn, 4))));
}

std::string plane_lines(Speaker const& say, PerPlane<PlaneSummary> const& planes) {
    std::string text =
        say({"  plan        fond  bruit (modèle)  mesuré/modèle    saturés chauds\n",
             "  plane background  noise (model)  measured/model  saturated    hot\n"});
    for (std::size_t p = 0; p < plane_count; ++p) {
        text += "  " + std::string{plane_names[p]} + std::string(5 - plane_names[p].size(), ' ') +
                right(say.figure(fixed_text(planes[p].level_dn, 2)), 11) +
                right(say.figure(fixed_text(planes[p].noise_dn, 2)), 15) +
                right(say.figure(fixed_text(planes[p].spread_ratio, 3)), 16) +
                right(number_text(static_cast<double>(planes[p].saturated_photosites)), 11) +
                right(number_text(static_cast<double>(planes[p].hot_photosites)), 7) + '\n';
    }
    return text;
}

Words words_of(NoiseOrigin origin) {
    switch (origin) {
    case NoiseOrigin::profile:
        return {"profil de l’appareil", "profile"};
    case NoiseOrigin::dng_tag:
        return {"étiquette DNG", "dng_tag"};
    case NoiseOrigin::estimated:
        break;
    }
    return {"estimé", "estimated"};
}

std::string applied_text(Speaker const& say, report::Applied const& applied) {
    std::string done;
    auto const add = [&](std::string const& what) { done += (done.empty() ? "" : ", ") + what; };
    if (applied.profile) {
        add(say({"profil {}", "profile {}"}, applied.profile->sha256.substr(0, 12)));
        if (applied.profile->flat) {
            add(say({"champ uniforme", "flat"}));
        }
    }
    if (applied.dark_frames > 0) {
        add(applied.dark_frames == 1
                ? say({"une image d’obscurité", "one dark frame"})
                : say({"{} images d’obscurité", "{} dark frames"}, applied.dark_frames));
    }
    if (!applied.ambient_sha256.empty()) {
        add(say({"lumière ambiante {}", "light of the room {}"},
                applied.ambient_sha256.substr(0, 12)));
    }
    return done.empty()
               ? ""
               : lines_of("  ", say({"corrigé d’après\u00A0: {}", "corrected by: {}"}, done));
}

} // namespace

std::string detect_text(Speaker const& say,
                        std::string const& file,
                        bool simulated,
                        Detection const& detection,
                        report::DetectFindings const& findings,
                        report::Applied const& applied) {
    Detection const& d = detection;
    std::string text = file + '\n';
    std::string const mark = simulated ? say({", SIMULÉ", ", SIMULATED"}) : "";
    text += say({"  {} x {} photosites, {}{} ; modèle de bruit : {}\n",
                 "  {} x {} photosites, {}{}; noise model: {}\n"},
                d.shape.width,
                d.shape.height,
                d.cfa.name(),
                mark,
                say(words_of(d.noise_origin)));
    text += applied_text(say, applied);
    if (d.darker) {
        text += lines_of("  ",
                         say({"Recherche de ce qui est plus sombre que le fond : les flux sont la "
                              "lumière que prend chaque trace.",
                              "Sought: what is darker than its background; fluxes are the light "
                              "that each trace takes away."}));
    }
    text += lines_of("  ", promise(say, d));
    text += d.traces.empty() ? "" : trace_lines(say, d.traces, findings.scale);
    text += presence_text(say, findings);
    for (detect::LargeArea const& area : findings.areas) {
        text += lines_of(say({"  remarque : ", "  note: "}),
                         detect::to_sentence(area, findings.scale, d.darker).in(say.language()));
    }
    text += with_areas_lines(say, findings);
    text += colour_text(say, findings);
    text += pattern_text(say, findings);
    text += plane_lines(say, d.planes);
    for (Sentence const& warning : detect::warnings_of(d)) {
        text += lines_of(say({"  remarque : ", "  note: "}), warning.in(say.language()));
    }
    return text;
}

} // namespace cmq::cli
