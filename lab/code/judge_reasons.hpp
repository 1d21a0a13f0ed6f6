// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// Why a verdict on a reading of a code is what it is, in words.

#pragma once

#include "lab/code/judge_code.hpp"

#include <string_view>

namespace cmq::lab {

/// Adds reasons to a judgement.
class Reasons {
public:
    explicit Reasons(CodeJudgement& judgement) : judgement_{judgement} {}

    template <class... Texts>
    void operator()(std::string_view id, Form<sizeof...(Texts)> form, Texts const&... texts) {
        judgement_.reasons.push_back({id, Sentence{form, texts...}});
    }

private:
    CodeJudgement& judgement_;
};

/// A control of another instrument than the sample's: it does not count as one.
void explain_foreign_control(CodeReading const& control, Reasons& add);

/// Whether the controls leave room for a verdict; what is wrong with them, and which kinds were not given.
bool judge_controls(CodeJudgement& judgement, Reasons& add);

/// Rates that nobody stated.
void explain_bound(Registry const& registry, ErrorBound const& bound, Reasons& add);

/// Why a lot does not count as read, and whose hands it passed through.
void explain_lot(LotResult const& lot,
                 Registry const& registry,
                 CodeReading const& reading,
                 JudgeSettings const& settings,
                 Reasons& add);

/// That no lot was read, and whether what was read is enough to rule lots out.
void explain_amount(CodeReading const& reading, bool is_enough, Reasons& add);

} // namespace cmq::lab
