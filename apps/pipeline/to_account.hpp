// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// From the values of a case file to the account, propositions, typed findings and parameters that
/// are weighed. lab knows no files, casefile knows no accounts: here each error of lab gets its place.

#pragma once

#include "casefile/case.hpp"
#include "core/progress.hpp"
#include "lab/transfer/account.hpp"
#include "lab/transfer/evaluate.hpp"
#include "lab/transfer/finding.hpp"
#include "lab/transfer/parameters.hpp"
#include "lab/transfer/proposition.hpp"

#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// A case as lab takes it. Ids, times and the order of the file are kept.
struct Translation {
    lab::Account account;
    std::vector<lab::Proposition> propositions;
    std::vector<lab::Finding>
        findings; ///< of observations that are weighed; captures are measured elsewhere
    lab::ParameterSet parameters;     ///< the library with the case's replacements
    std::vector<std::string> undated; ///< ids of observations that count as made at the very end
};

/// Minutes of the latest instant that the case names: when an examination without a time counts as
/// made. 0 for a case without any time.
[[nodiscard]] double examination_minutes(casefile::Case const& of);

/// \throws Error format       a replaced parameter that the library does not hold
/// A reading of a code is a detection where nothing else tells of its zone, and else no finding.
/// \throws Error insufficient marks that take light away are sought, and the case does not say how many people bear
///                            something else that darkens
/// \throws Error unsupported  a code was read on a zone where an observation saw nothing
/// \throws Error              as lab's checks of accounts and parameters, with the place in the file
[[nodiscard]] Translation to_account(casefile::Case const& of);

/// Adds marker of another lot to what may glow, where a finding was read as one and the account has no such class. Its
/// prevalence is then that of look-alikes in the library.
void heed_codes(std::span<lab::Finding const> findings, lab::Account& account);

/// What a scientist assigned to a proposition, in lab's terms.
[[nodiscard]] lab::Assigned to_assigned(casefile::Assigned const& from);

/// Seed and draws of the case; `draws` is the most that are used. \param threads  0: one a core
[[nodiscard]] lab::Settings to_settings(casefile::Case const& of, unsigned threads);

/// Weighs the findings under the two propositions that a comparison names, with heed_codes().
/// \throws Error  as lab::evaluate, with the place in the case file
[[nodiscard]] lab::Evaluation evaluate_comparison(casefile::Case const& of,
                                                  Translation const& translation,
                                                  casefile::Comparison const& comparison,
                                                  std::span<lab::Finding const> findings,
                                                  unsigned threads,
                                                  Progress const& progress = {});
[[nodiscard]] lab::Evaluation evaluate_comparison(casefile::Case const& of,
                                                  Translation const& translation,
                                                  casefile::Comparison const& comparison,
                                                  std::span<lab::Finding const> findings,
                                                  lab::Settings const& settings,
                                                  Progress const& progress = {});

/// Checks that the typed findings say all there is: every evidence capture shows a zone that an
/// observation speaks of, so that nothing is left to be measured.
/// \throws Error insufficient  names each capture that is not measured, and says to run `analyse`
void check_typed_findings(casefile::Case const& of);

} // namespace cmq::pipeline
