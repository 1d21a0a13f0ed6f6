// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/cli/progress_line.hpp"

#include <algorithm>
#include <ostream>
#include <string>

namespace cmq::cli {

Progress progress_on(Streams streams) {
    Progress progress;
    if (streams.err_is_terminal) {
        progress.report = [&err = streams.err](double done, std::string_view doing) {
            std::string line =
                std::to_string(static_cast<int>(100.0 * done)) + " %  " + std::string{doing};
            line.resize(std::min<std::size_t>(line.size(), 78));
            err << '\r' << line << std::string(78 - line.size(), ' ') << '\r' << std::flush;
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
