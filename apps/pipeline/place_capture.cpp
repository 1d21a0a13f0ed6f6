// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/place_capture.hpp"

#include "core/error.hpp"

namespace cmq::pipeline {

using detect::RegistrationDoubt;

Placement place_capture(Frame const& frame,
                        std::string const& name,
                        Frame const& other,
                        unsigned threads,
                        Sentence const& otherwise) {
    // Traces at a place that is not theirs would mislead: without an alignment there is no result.
    auto const found = detect::register_frames(frame, other, threads);
    if (found.state == detect::RegistrationState::aligned) {
        return {found.to_moving, found.residual};
    }
    Sentence why;
    for (RegistrationDoubt const doubt : found.doubts) {
        why = why.empty() ? Sentence{doubt_words(doubt)}
                          : Sentence{{"{} ; {}", "{}; {}"}, why, Sentence{doubt_words(doubt)}};
    }
    throw Error{ErrorKind::domain,
                {"« {} » ne peut être recalée de façon fiable : {}{}",
                 "'{}' cannot be aligned so that it could be trusted: {}{}"},
                name,
                why,
                otherwise};
}

Words doubt_words(RegistrationDoubt doubt) {
    switch (doubt) {
    case RegistrationDoubt::little_structure:
        return {"l’une des images montre trop peu de détails au-dessus de son bruit",
                "one of the captures shows too little above its noise"};
    case RegistrationDoubt::not_found:
        return {"aucune position où les images s’accordent n’a été trouvée",
                "no place was found where the captures fit"};
    case RegistrationDoubt::low_correlation:
        return {"les images s’accordent à peine mieux ici qu’ailleurs",
                "the captures fit hardly better here than elsewhere"};
    case RegistrationDoubt::ambiguous:
        return {"les images s’accordent presque aussi bien à une autre position : motif répété, "
                "ou scènes différentes",
                "the captures fit nearly as well in another place: a repeated pattern, or "
                "different scenes"};
    case RegistrationDoubt::tiles_disagree:
        return {"les parties de l’image demandent des positions différentes, ou trop peu de "
                "parties se comparent",
                "parts of the frame ask for different places, or too few parts can be compared"};
    case RegistrationDoubt::implausible:
        break;
    }
    return {"l’échelle, le sens ou le recouvrement trouvés ne sont pas vraisemblables",
            "the scale, handedness or overlap found is not plausible"};
}

} // namespace cmq::pipeline
