// SPDX-License-Identifier: GPL-3.0-or-later

/// \file
/// A case as a network file, computed again from the file and set beside the engine's value.

#pragma once

#include "apps/pipeline/to_account.hpp"
#include "casefile/case.hpp"
#include "core/language.hpp"
#include "lab/transfer/evaluate.hpp"

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace cmq::pipeline {

/// One comparison as the engine and as the network give it.
struct ExportedRatio {
    std::string h1;
    std::string h2;
    std::optional<double>
        log10_engine;           ///< none where the findings are impossible under one of them
    double log10_network = 0.0; ///< of the file as it reads back; may be infinite
    double stated_error = 0.0;  ///< of log10: what the difference stays below
};

struct ExportedNetwork {
    std::filesystem::path file;
    std::string proposition;           ///< the node of the propositions
    std::vector<std::string> evidence; ///< "node=state" for each finding of the case
    std::size_t nodes = 0;
    std::size_t numbers = 0; ///< of all tables
    std::size_t draws = 0;
    std::vector<std::string> summed;   ///< uncertain events without a node of their own
    std::vector<ExportedRatio> ratios; ///< as the evaluations
};

/// A network file before it is written.
struct NetworkFile {
    ExportedNetwork about;
    std::string text;
};

/// The network of all compared propositions, in the format of each file's name; read again, with what was found
/// entered, and each ratio computed by exact inference. Writes nothing.
///
/// The network is made from the same draws as the evaluation that needed most. The stated error is 0.001, for the
/// integral over the load; three standard errors more for an evaluation that stopped at fewer draws.
///
/// \param evaluations  of the case's comparisons by the engine, from the same settings
/// \throws Error unsupported  a file's name ends in no known format; as make_findings_joint
/// \throws Error limits       as make_findings_joint
/// \throws Error numeric      a ratio is further from the engine's than the stated error
[[nodiscard]] std::vector<NetworkFile>
make_network_files(casefile::Case const& of,
                   Translation const& translation,
                   std::span<lab::Evaluation const> evaluations,
                   std::span<std::filesystem::path const> files,
                   Language language,
                   unsigned threads);

/// Makes one such file and writes it.
/// \throws Error     as make_network_files; then no file is written
/// \throws Error io  as write_file
[[nodiscard]] ExportedNetwork export_network(casefile::Case const& of,
                                             Translation const& translation,
                                             std::span<lab::Evaluation const> evaluations,
                                             std::filesystem::path const& file,
                                             Language language,
                                             unsigned threads);

} // namespace cmq::pipeline
