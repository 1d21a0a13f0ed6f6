// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_set.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

namespace cmq::pipeline {
namespace {

using casefile::CaptureRole;

constexpr std::size_t fewest_blanks = 2;   // a spread needs two (docs/methods/blanks.md)
constexpr double exposure_tolerance = 0.1; // as for dark frames
constexpr double long_exposure_s = 1.0;    // beyond it dark current shows

struct RoleWord {
    std::string_view word;
    CaptureRole role;
};

// English as in the case file, French as a bench writes it; without accents, as names of files are.
constexpr std::array<RoleWord, 18> role_words{{{"evidence", CaptureRole::evidence},
                                               {"trace", CaptureRole::evidence},
                                               {"piece", CaptureRole::evidence},
                                               {"blank", CaptureRole::blank},
                                               {"blanc", CaptureRole::blank},
                                               {"temoin", CaptureRole::blank},
                                               {"reference", CaptureRole::reference},
                                               {"lot", CaptureRole::reference},
                                               {"ambient", CaptureRole::ambient},
                                               {"ambiant", CaptureRole::ambient},
                                               {"visible", CaptureRole::visible},
                                               {"dark", CaptureRole::dark},
                                               {"noir", CaptureRole::dark},
                                               {"obscurite", CaptureRole::dark},
                                               {"flat", CaptureRole::flat},
                                               {"uniforme", CaptureRole::flat},
                                               {"scale", CaptureRole::scale},
                                               {"echelle", CaptureRole::scale}}};

std::vector<SetFile const*> of_role(std::span<SetFile const> files, CaptureRole role) {
    std::vector<SetFile const*> found;
    for (SetFile const& file : files) {
        if (file.role == role) {
            found.push_back(&file);
        }
    }
    return found;
}

std::vector<std::string> names_of(std::vector<SetFile const*> const& files) {
    std::vector<std::string> names;
    for (SetFile const* const file : files) {
        names.push_back(file->name);
    }
    return names;
}

bool is_same_camera(capture::Metadata const& a, capture::Metadata const& b) {
    bool const is_stated = !(a.model.empty() || b.model.empty());
    return !is_stated || (a.make == b.make && a.model == b.model);
}

bool agree(std::optional<double> const& a, std::optional<double> const& b, double tolerance) {
    return !a || !b || std::abs(*a - *b) <= tolerance * std::max(std::abs(*a), std::abs(*b));
}

/// "" where the settings agree.
Sentence difference(capture::Metadata const& file, capture::Metadata const& evidence) {
    if (!is_same_camera(file, evidence)) {
        return Sentence{{"autre appareil que la pièce", "another camera than the evidence"}};
    }
    if (!agree(file.iso, evidence.iso, 0.0)) {
        return Sentence{{"ISO {} ; pièce : {}", "ISO {}; evidence: {}"}, *file.iso, *evidence.iso};
    }
    if (!agree(file.exposure_s, evidence.exposure_s, exposure_tolerance)) {
        return Sentence{{"pose {} s ; pièce : {} s", "{} s; evidence: {} s"},
                        *file.exposure_s,
                        *evidence.exposure_s};
    }
    return {};
}

class SetChecker {
public:
    SetChecker(std::span<SetFile const> files, SetStated const& stated)
        : files_{files}
        , stated_{stated}
        , evidence_{of_role(files, CaptureRole::evidence)} {}

    std::vector<SetCheck> run() {
        add(SetItem::evidence,
            evidence_,
            1,
            {"aucune capture de la pièce examinée", "no capture of what is examined"});
        add(SetItem::blank,
            of_role(files_, CaptureRole::blank),
            fewest_blanks,
            {"deux blancs au moins : support vierge de même nature, mêmes lampe, filtre et "
             "réglages",
             "at least two blanks: clean support of the same kind, same lamp, filter and "
             "settings"});
        add(SetItem::reference,
            of_role(files_, CaptureRole::reference),
            1,
            {"une référence du lot, mêmes lampe, filtre et appareil",
             "a reference of the lot, same lamp, filter and camera"});
        add(SetItem::ambient,
            of_role(files_, CaptureRole::ambient),
            1,
            {"une capture lampe éteinte, sans rien déplacer",
             "a capture with the lamp off and nothing moved"});
        check_scale();
        check_seal();
        check_raw();
        check_copies();
        check_simulated();
        check_useful();
        return std::move(checks_);
    }

private:
    void add(SetItem item, SetState state, std::vector<std::string> names, Sentence detail = {}) {
        checks_.push_back({item, state, std::move(names), std::move(detail)});
    }

    /// Enough of them, each with the settings of a capture of evidence; references with its camera alone.
    void
    add(SetItem item, std::vector<SetFile const*> const& found, std::size_t needed, Words lacking) {
        if (found.size() < needed) {
            add(item, SetState::missing, names_of(found), Sentence{lacking});
            return;
        }
        for (SetFile const* const file : found) {
            Sentence const unlike = unlike_evidence(item, *file);
            if (!unlike.empty()) {
                add(item,
                    SetState::differs,
                    {file->name},
                    Sentence{{"{} : {}", "{}: {}"}, file->name, unlike});
                return;
            }
        }
        add(item, SetState::there, names_of(found));
    }

    [[nodiscard]] Sentence unlike_evidence(SetItem item, SetFile const& file) const {
        if (item == SetItem::evidence || evidence_.empty()) {
            return {};
        }
        Sentence last;
        for (SetFile const* const evidence : evidence_) {
            if (item == SetItem::reference) {
                last = is_same_camera(file.metadata, evidence->metadata)
                           ? Sentence{}
                           : difference(file.metadata, evidence->metadata);
            } else {
                last = difference(file.metadata, evidence->metadata);
            }
            if (last.empty()) {
                return {};
            }
        }
        return last;
    }

    void check_scale() {
        auto const scales = of_role(files_, CaptureRole::scale);
        if (scales.empty() && !stated_.mm_per_photosite) {
            add(SetItem::scale,
                SetState::missing,
                {},
                Sentence{
                    {"une échelle : capture avec un réglet, ou --scale MM (millimètres par "
                     "photosite)",
                     "a scale: a capture with a rule, or --scale MM (millimetres a photosite)"}});
        } else {
            add(SetItem::scale, SetState::there, names_of(scales));
        }
    }

    void check_seal() {
        if (stated_.seal) {
            add(SetItem::seal, SetState::there, {}, Sentence::verbatim(*stated_.seal));
        } else {
            add(SetItem::seal,
                SetState::missing,
                {},
                Sentence{
                    {"le numéro du scellé : --seal NUMÉRO", "the seal's number: --seal NUMBER"}});
        }
    }

    void check_raw() {
        std::vector<std::string> pictures;
        for (SetFile const& file : files_) {
            bool const is_measured =
                file.role != CaptureRole::visible && file.role != CaptureRole::scale;
            if (is_measured && !file.is_raw) {
                pictures.push_back(file.name);
            }
        }
        Sentence detail;
        if (!pictures.empty()) {
            detail = Sentence{{"fichiers bruts (RAW) : une image traitée ne se mesure pas",
                               "RAW files: a processed picture cannot be measured"}};
        }
        SetState const state = pictures.empty() ? SetState::there : SetState::differs;
        add(SetItem::raw, state, std::move(pictures), std::move(detail));
    }

    void check_copies() {
        std::map<std::string, std::string> first;
        std::vector<std::string> twice;
        for (SetFile const& file : files_) {
            auto const [known, is_new] = first.try_emplace(file.sha256, file.name);
            if (!is_new) {
                twice.insert(twice.end(), {known->second, file.name});
            }
        }
        Sentence detail;
        if (!twice.empty()) {
            detail = Sentence{{"mêmes octets sous deux noms : ce n’est qu’une capture",
                               "the same bytes under two names: that is one capture"}};
        }
        SetState const state = twice.empty() ? SetState::there : SetState::differs;
        add(SetItem::copies, state, std::move(twice), std::move(detail));
    }

    void check_simulated() {
        std::vector<std::string> names;
        for (SetFile const& file : files_) {
            if (file.metadata.simulated) {
                names.push_back(file.name);
            }
        }
        if (!names.empty()) {
            add(SetItem::simulated,
                SetState::useful,
                std::move(names),
                Sentence{{"marqués SIMULATED : refusés comme pièces hors démonstration",
                          "marked SIMULATED: refused as evidence outside a demonstration"}});
        }
    }

    void check_useful() {
        auto const visible = of_role(files_, CaptureRole::visible);
        add(SetItem::visible,
            visible.empty() ? SetState::useful : SetState::there,
            names_of(visible),
            visible.empty()
                ? Sentence{{"une capture en lumière visible montre salissures, encres et coutures",
                            "a capture in visible light shows dirt, inks and seams"}}
                : Sentence{});
        bool const is_long = std::ranges::any_of(evidence_, [](SetFile const* file) {
            return file->metadata.exposure_s.value_or(0.0) >= long_exposure_s;
        });
        auto const dark = of_role(files_, CaptureRole::dark);
        if (is_long && dark.empty()) {
            add(SetItem::dark,
                SetState::useful,
                {},
                Sentence{{"pose d’une seconde ou plus : une image d’obscurité aux mêmes réglages",
                          "an exposure of a second or more: a dark frame with the same settings"}});
        }
    }

    std::span<SetFile const> files_;
    SetStated const& stated_;
    std::vector<SetFile const*> evidence_;
    std::vector<SetCheck> checks_;
};

} // namespace

std::string_view to_text(SetItem item) noexcept {
    switch (item) {
    case SetItem::evidence:
        return "evidence";
    case SetItem::blank:
        return "blank";
    case SetItem::reference:
        return "reference";
    case SetItem::ambient:
        return "ambient";
    case SetItem::scale:
        return "scale";
    case SetItem::seal:
        return "seal";
    case SetItem::raw:
        return "raw";
    case SetItem::copies:
        return "copies";
    case SetItem::simulated:
        return "simulated";
    case SetItem::visible:
        return "visible";
    case SetItem::dark:
        break;
    }
    return "dark";
}

std::vector<SetCheck> check_set(std::span<SetFile const> files, SetStated const& stated) {
    return SetChecker{files, stated}.run();
}

bool is_complete(std::span<SetCheck const> checks) {
    return std::ranges::none_of(checks, [](SetCheck const& check) {
        return check.state == SetState::missing || check.state == SetState::differs;
    });
}

std::optional<CaptureRole> role_of_name(std::string_view name) {
    std::string lower;
    for (char const c : name) {
        lower += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
    for (RoleWord const& each : role_words) {
        if (lower.starts_with(each.word)) {
            return each.role;
        }
    }
    return std::nullopt;
}

} // namespace cmq::pipeline
