// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/progress_line.hpp"

#include "core/columns.hpp"

#include <ostream>
#include <string>

namespace cmq::cli {

Progress progress_on(Streams streams) {
    Progress progress;
    if (streams.err_is_terminal) {
        progress.report = [&err = streams.err, language = streams.language](double done,
                                                                            Sentence const& doing) {
            std::string const line = first_columns(
                std::to_string(static_cast<int>(100.0 * done)) + " %  " + doing.in(language), 78);
            err << '\r' << line << std::string(78 - columns_of(line), ' ') << '\r' << std::flush;
        };
    }
    return progress;
}

void end_progress(Streams streams) {
    if (streams.err_is_terminal) {
        streams.err << '\r' << std::string(78, ' ') << '\r';
    }
}

} // namespace cmq::cli
