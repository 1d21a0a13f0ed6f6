// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/run_log.hpp"

#include "core/number_text.hpp"
#include "report/json_envelope.hpp"

namespace cmq::pipeline {

RunLog::RunLog() : last_{std::chrono::steady_clock::now()} {
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    auto const day = std::chrono::floor<std::chrono::days>(now);
    std::chrono::year_month_day const date{day};
    std::chrono::hh_mm_ss const time{now - day};
    auto const two = [](auto number) {
        std::string const digits = std::to_string(number);
        return digits.size() < 2 ? "0" + digits : digits;
    };
    text_ = "Contremarque " + report::program_version() + ", started " +
            std::to_string(static_cast<int>(date.year())) + '-' +
            two(static_cast<unsigned>(date.month())) + '-' +
            two(static_cast<unsigned>(date.day())) + 'T' + two(time.hours().count()) + ':' +
            two(time.minutes().count()) + ':' + two(time.seconds().count()) + "Z\n";
}

void RunLog::step(std::string_view what) {
    auto const now = std::chrono::steady_clock::now();
    std::chrono::duration<double> const taken = now - last_;
    last_ = now;
    text_ += fixed_text(taken.count(), 3) + " s  " + std::string{what} + '\n';
}

void RunLog::note(std::string_view what) {
    text_ += std::string{what} + '\n';
}

} // namespace cmq::pipeline
