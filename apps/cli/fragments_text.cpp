// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/fragments_text.hpp"

#include "core/columns.hpp"
#include "core/number_text.hpp"

#include <algorithm>
#include <map>

namespace cmq::cli {
namespace {

constexpr std::size_t most_lengths = 60; // of a dye; a ladder has about as many

std::string lines(std::string const& sentence) {
    return wrapped(sentence, 80, "  ", "    ") + '\n';
}

std::string warning(std::string const& sentence) {
    return wrapped(sentence, 80, "  ! ", "    ") + '\n';
}

std::string doubt_text(Speaker const& say, lab::PeakDoubt doubt, std::size_t count) {
    switch (doubt) {
    case lab::PeakDoubt::bleed_through:
        return say({"{} : lumière d’un autre colorant", "{}: light of another dye"}, count);
    case lab::PeakDoubt::satellite:
        return say(
            {"{} : satellites d’un pic bien plus haut", "{}: satellites of a far taller peak"},
            count);
    case lab::PeakDoubt::spike:
        return say({"{} : bien trop étroits", "{}: far too narrow"}, count);
    case lab::PeakDoubt::broad:
        return say({"{} : bien trop larges", "{}: far too broad"}, count);
    case lab::PeakDoubt::none:
        break;
    }
    return "";
}

std::string facts_text(Speaker const& say, lab::FragmentRun const& run) {
    auto const known = [](std::string const& text) { return text.empty() ? "?" : text; };
    return lines(say({"analyse de fragments « {} », appareil {}, {}, opérateur {}",
                      "run of fragments '{}', instrument {}, {}, operator {}"},
                     known(run.sample),
                     known(run.instrument),
                     known(run.run_start),
                     known(run.operator_name)));
}

std::string standard_text(Speaker const& say, lab::FittedStandard const& standard) {
    auto const& curve = standard.curve;
    std::string text =
        lines(say({"étalon de taille {} : {} fragments sur {}, de {} à {} pb ; erreur d’une "
                   "longueur {} pb",
                   "size standard {}: {} fragments of {}, {} to {} bp; error of a length {} bp"},
                  standard.standard->name,
                  curve.points().size(),
                  standard.standard->sizes.size(),
                  say.figure(fixed_text(curve.points().front().size, 0)),
                  say.figure(fixed_text(curve.points().back().size, 0)),
                  say.figure(fixed_text(curve.error(), 2))));
    return text;
}

std::string dye_text(Speaker const& say, lab::SizedDye const& dye) {
    std::string lengths;
    std::size_t shown = 0;
    std::size_t count = 0;
    std::map<lab::PeakDoubt, std::size_t> doubts;
    for (lab::SizedPeak const& peak : dye.peaks) {
        if (!peak.size) {
            continue;
        }
        if (peak.doubt != lab::PeakDoubt::none) {
            ++doubts[peak.doubt];
            continue;
        }
        ++count;
        if (shown < most_lengths) {
            lengths += (lengths.empty() ? "" : " ") + say.figure(fixed_text(*peak.size, 2)) + '(' +
                       say.figure(fixed_text(peak.peak.height, 0)) + ')';
            ++shown;
        }
    }
    std::string text =
        lines(count == 0 ? say({"{} : aucun pic retenu", "{}: no peak kept"}, dye.dye)
                         : say({"{} : {} pb (hauteur)", "{}: {} bp (height)"}, dye.dye, lengths));
    if (count > shown) {
        text += lines(say(
            {"et {} autres pics ; tous figurent dans --json", "and {} more peaks; --json has all"},
            count - shown));
    }
    std::string left;
    for (auto const& [doubt, many] : doubts) {
        left += (left.empty() ? "" : " ; ") + doubt_text(say, doubt, many);
    }
    if (!left.empty()) {
        text += "  " + lines(say({"pics écartés : {}", "peaks set aside: {}"}, left));
    }
    return text;
}

std::string loci_text(Speaker const& say, pipeline::FragmentFile const& file) {
    std::string text;
    for (lab::CalledLocus const& locus : file.loci) {
        std::string alleles;
        for (lab::CalledPeak const& called : locus.peaks) {
            alleles += (alleles.empty() ? "" : ", ") + called.allele;
        }
        text += lines(say({"{} : {}", "{}: {}"}, locus.name, alleles.empty() ? "-" : alleles));
    }
    bool const is_off = std::ranges::any_of(file.loci, [](lab::CalledLocus const& locus) {
        return std::ranges::any_of(locus.peaks,
                                   [](lab::CalledPeak const& peak) { return peak.allele == "OL"; });
    });
    if (is_off) {
        text += warning(say({"OL : hors de l’échelle, aucun fragment connu à moins de 0,5 pb",
                             "OL: off the ladder, no known fragment within 0.5 bp"}));
    }
    return text;
}

} // namespace

std::string fragments_text(Speaker const& say, pipeline::FragmentFile const& file) {
    std::string text = facts_text(say, file.run) + standard_text(say, file.profile.standard);
    for (lab::SizedDye const& dye : file.profile.dyes) {
        if (!dye.is_standard) {
            text += dye_text(say, dye);
        }
    }
    return text + loci_text(say, file);
}

} // namespace cmq::cli
