// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/key_warning.hpp"

#include "apps/cli/wrap_text.hpp"
#include "apps/pipeline/load_case.hpp"
#include "core/typography.hpp"

#include <ostream>

namespace cmq::cli {

void warn_if_key_locked(std::filesystem::path const& case_file, Streams streams) {
    if (auto const locked = pipeline::locked_key(case_file)) {
        Sentence const warning{
            {"La clé est verrouillée : ses noms ne sont pas cherchés dans l’affaire. Pour qu’ils "
             "le soient : contremarque unlock {}",
             "The key is locked: its names are not looked for in the case. To have them looked "
             "for: contremarque unlock {}"},
            locked->string()};
        streams.err << wrap_text(typeset(warning.in(streams.language), streams.language));
    }
}

} // namespace cmq::cli
