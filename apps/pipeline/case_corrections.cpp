// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/case_corrections.hpp"

#include "apps/pipeline/correct_capture.hpp"
#include "capture/read_profile.hpp"
#include "core/error.hpp"

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

std::vector<capture::MeanDark> read_darks(casefile::Case const& of,
                                          MeasureSettings const& settings) {
    DarkFrames frames;
    std::vector<casefile::Capture const*> first;
    for (casefile::Capture const& entry : of.captures) {
        if (*entry.role != CaptureRole::dark) {
            continue;
        }
        try {
            if (frames.add(read_entry(of, entry, settings)) == first.size()) {
                first.push_back(&entry);
            }
        } catch (Error& error) {
            error.at(casefile::to_sentence(entry.file.place));
            throw;
        }
    }
    std::vector<capture::MeanDark> darks;
    for (std::size_t kind = 0; kind < frames.kinds(); ++kind) {
        try {
            darks.push_back(frames.mean(kind));
        } catch (Error& error) {
            error.at(casefile::to_sentence(first[kind]->file.place));
            throw;
        }
    }
    return darks;
}

} // namespace

CaseCorrections::CaseCorrections(casefile::Case const& of, MeasureSettings const& settings)
    : threads_{settings.threads}
    , darks_{read_darks(of, settings)} {
    auto const reader = settings.decoder.parent_path() / "contremarque-profile-reader";
    for (casefile::Capture const& entry : of.captures) {
        if (!entry.profile || profiles_.contains(**entry.profile)) {
            continue;
        }
        try {
            profiles_.emplace(
                **entry.profile,
                capture::read_profile(casefile::resolve_path(of, **entry.profile), reader));
        } catch (Error& error) {
            error.at(casefile::to_sentence(entry.profile->place));
            throw;
        }
    }
}

void CaseCorrections::apply_profile(casefile::Capture const& entry,
                                    capture::Capture& capture) const {
    try {
        correct_capture(&profiles_.at(**entry.profile), {}, threads_, capture);
    } catch (Error& error) {
        error.at(casefile::to_sentence(entry.profile->place));
        throw;
    }
}

void CaseCorrections::correct(casefile::Capture const& entry, capture::Capture& capture) const {
    if (entry.profile) {
        apply_profile(entry, capture);
    } else {
        correct_capture(nullptr, darks_, threads_, capture);
    }
}

bool CaseCorrections::apply_to_examined(casefile::Capture const& entry,
                                        capture::Capture& capture) const {
    if (entry.profile) {
        apply_profile(entry, capture);
    }
    return has_dark(darks_, capture);
}

} // namespace cmq::pipeline
