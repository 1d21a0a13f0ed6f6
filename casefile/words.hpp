// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// The words of the case file, each list in the order of its enumerators in case.hpp.

#pragma once

#include <array>
#include <string_view>

namespace cmq::casefile::words {

using std::string_view;

inline constexpr std::array<string_view, 2> language{"fr", "en"};
inline constexpr std::array<string_view, 3> report_role{"court", "party", "laboratory"};
inline constexpr std::array<string_view, 9> capture_role{
    "evidence", "blank", "reference", "ambient", "visible", "dark", "flat", "scale", "joined"};
inline constexpr std::array<string_view, 2> marks{"lighter", "darker"};
inline constexpr std::array<string_view, 6> delivery_kind{
    "pellet", "spray", "shower", "drone", "crowd", "other"};
inline constexpr std::array<string_view, 4> circumstance_kind{
    "film", "picture", "statement", "other"};
inline constexpr std::array<string_view, 8> event_kind{
    "contact", "wear", "package", "search", "handcuffing", "swab", "wash", "glove_change"};
inline constexpr std::array<string_view, 3> pressure{"light", "normal", "firm"};
inline constexpr std::array<string_view, 3> surface{"skin", "porous", "smooth"};
inline constexpr std::array<string_view, 3> side{"prosecution", "defence", "neither"};
/// Whom counsel acts for: one of the two sides.
inline constexpr std::array<string_view, 2> counsel_side{side[0], side[1]};
inline constexpr std::array<string_view, 2> examined_by{"visual", "instrument"};
inline constexpr std::array<string_view, 7> observation_kind{
    "detected", "not_detected", "not_examined", "count", "amount", "reading", "search"};
inline constexpr std::array<string_view, 2> reading_result{"no_code", "inconclusive"};
inline constexpr std::array<string_view, 4> room{"dark", "dimmed", "lit", "daylight"};
inline constexpr std::array<string_view, 4> grade{
    "measured_on_product", "measured_on_proxy", "expert_judgement", "reported"};
/// A parameter is never `reported`: the first three grades.
inline constexpr std::array<string_view, 3> parameter_grade{grade[0], grade[1], grade[2]};
/// Stages of French criminal procedure at which a lawyer may hold a case.
inline constexpr std::array<string_view, 6> stage{
    "garde-a-vue", "comparution-immediate", "copj", "citation", "instruction", "audience"};
inline constexpr std::array<string_view, 6> distribution{
    "fixed", "lognormal", "beta", "log_uniform", "uniform", "gamma"};

} // namespace cmq::casefile::words
