// SPDX-License-Identifier: GPL-3.0-or-later

// Case files whose hashes fit and whose values do not: whoever writes a case file can write its hashes.

#include "apps/pipeline/case_steps.hpp"
#include "apps/pipeline/keep_evaluations.hpp"
#include "core/error.hpp"
#include "core/random.hpp"
#include "report/html.hpp"
#include "report/json_note.hpp"
#include "tests/pipeline/small_case.hpp"
#include "tests/times.hpp"
#ifdef CMQ_HAS_RENDER
#include "render/renderer.hpp"
#endif

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <limits>
#include <string>
#include <vector>

namespace {

using namespace cmq;
using casefile::KeptCase;

KeptCase const& sound_case() {
    static KeptCase const kept = pipeline::with_ledger(pipeline::test::small_case().kept,
                                                       pipeline::test::small_case().ledger);
    return kept;
}

class Mutator {
public:
    explicit Mutator(std::uint32_t turn) : random_{31, turn, 0} {}

    void change(KeptCase& kept) {
        constexpr std::size_t most = 3;
        for (std::size_t i = 0, n = 1 + below(most); i < n; ++i) {
            std::size_t const what = below(40);
            if (what == 0) {
                change_text(kept.case_text);
            } else if (what == 1) {
                change_picture(kept.pictures.at(below(kept.pictures.size())));
            } else {
                change_table(kept.tables.at(below(kept.tables.size())));
            }
        }
    }

private:
    std::size_t below(std::size_t n) {
        return std::min(static_cast<std::size_t>(random_.uniform() * static_cast<double>(n)),
                        n - 1);
    }

    double mutant(double old) {
        double const infinite = std::numeric_limits<double>::infinity();
        std::array const values{-1.0,
                                0.0,
                                1e300,
                                -1e300,
                                1e-320,
                                1e15,
                                -1e5,
                                0.5,
                                301.0,
                                std::numeric_limits<double>::quiet_NaN(),
                                infinite,
                                -infinite,
                                -old,
                                old * 1e6};
        return values.at(below(values.size()));
    }

    std::int64_t mutant(std::int64_t old) {
        constexpr std::int64_t i32 = std::numeric_limits<std::int32_t>::max();
        std::array const values{std::int64_t{-1},
                                std::int64_t{0},
                                std::int64_t{1},
                                i32,
                                -i32 - 1,
                                i32 + 1,
                                std::numeric_limits<std::int64_t>::max(),
                                std::numeric_limits<std::int64_t>::min(),
                                std::int64_t{17},
                                old == std::numeric_limits<std::int64_t>::max() ? 0 : old + 1};
        return values.at(below(values.size()));
    }

    std::string mutant(std::string const& old) {
        std::array const values{std::string{},
                                std::string{"x"},
                                std::string(100'000, 'w'),
                                std::string{"a\nb\tc\x01\x1b[31m"},
                                std::string{"a\0b", 3},
                                std::string{"\xff\xfe {zone} </script>"},
                                std::string{"../../etc/passwd"},
                                old + old};
        return values.at(below(values.size()));
    }

    void change_table(casefile::KeptTable& entry) {
        std::size_t const rows = entry.table.rows();
        if (entry.name == "ledger" || rows == 0) {
            return;
        }
        std::size_t const row = below(rows);
        std::size_t const column = below(entry.table.columns().size());
        std::size_t const what = below(12);
        Table changed;
        for (std::size_t c = 0; c < entry.table.columns().size(); ++c) {
            Column copy = entry.table.columns()[c];
            std::visit(
                [&](auto& cells) {
                    auto const at = cells.begin() + static_cast<std::ptrdiff_t>(row);
                    if (what == 0) {
                        cells.erase(at);
                    } else if (what == 1) {
                        auto const cell = *at;
                        cells.insert(at, cell);
                    } else if (what == 2) {
                        cells.clear();
                    } else if (c == column) {
                        *at = mutant(*at);
                    }
                },
                copy.cells);
            changed.add(std::move(copy));
        }
        entry.table = std::move(changed);
    }

    void change_picture(casefile::KeptPicture& picture) {
        std::size_t const what = below(4);
        if (what == 0) {
            picture.width = 0;
            picture.rgb.clear();
        } else if (what == 1) {
            std::swap(picture.width, picture.height);
            picture.height *= 2;
            picture.width /= 2;
        } else if (what == 2) {
            picture.height = 60'000;
            picture.width = 1;
            picture.rgb.assign(std::size_t{60'000} * 3, 7);
        } else {
            picture.name = "p9";
        }
    }

    /// One number of case.toml.
    void change_text(std::string& text) {
        std::vector<std::size_t> places;
        for (std::size_t i = text.find("= "); i != std::string::npos; i = text.find("= ", i + 2)) {
            if (text[i + 2] >= '0' && text[i + 2] <= '9') {
                places.push_back(i + 2);
            }
        }
        std::size_t const first = places.at(below(places.size()));
        std::size_t const end = text.find_first_of(" ,\n", first);
        std::array<std::string, 7> const values{
            "1e300", "-1", "0", "1e-320", "inf", "9007199254740991", "1e20"};
        text.replace(first, end - first, values.at(below(values.size())));
    }

    Random random_;
};

/// The ledger that a forger would write. Throws Error where not even the hashes can be made.
void forge_ledger(KeptCase& kept) {
    auto entries = casefile::to_ledger(table_of(kept, "ledger")).entries();
    std::erase_if(kept.tables, [](auto const& entry) { return entry.name == "ledger"; });
    entries.at(0).made = pipeline::hash_of_case_text(kept);
    entries.at(1).made = pipeline::hash_of_measurement(kept);
    entries.at(2).made = pipeline::hash_of_findings(kept);
    entries.at(2).inputs = pipeline::inputs_of_find(kept);
    auto const evaluations = pipeline::restore_evaluations(kept);
    for (std::size_t i = 3; i < entries.size(); ++i) {
        entries[i].inputs = pipeline::inputs_of_weigh(kept);
        if (i - 3 < evaluations.size()) {
            entries[i].made = pipeline::hash_of_evaluation(evaluations[i - 3]);
        }
    }
    casefile::Ledger ledger;
    for (casefile::LedgerEntry& entry : entries) {
        ledger.append(std::move(entry));
    }
    kept = pipeline::with_ledger(std::move(kept), ledger);
}

struct Outcome {
    int refused = 0;
    int told = 0; ///< taken for a case; its notes were made
};

void make_all_notes(report::NoteInput const& input, bool with_pdf) {
    static_cast<void>(report::json_note(input));
    for (auto const language : {report::Language::french, report::Language::english}) {
        report::Document const note = report::make_note(input, language);
        static_cast<void>(report::to_html(note, {}));
#ifdef CMQ_HAS_RENDER
        if (with_pdf) {
            report::Renderer const renderer = render::make_renderer();
            static_cast<void>(renderer.pdf(note));
            static_cast<void>(report::to_html(note, renderer));
        }
#else
        static_cast<void>(with_pdf);
#endif
    }
}

Outcome run_turns(std::uint32_t first, std::uint32_t turns, std::uint32_t pdf_every) {
    Outcome outcome;
    for (std::uint32_t turn = first; turn < first + turns; ++turn) {
        KeptCase kept = sound_case();
        Mutator{turn}.change(kept);
        bool restored = false;
        try {
            forge_ledger(kept);
            pipeline::Computed const computed = pipeline::restore_case(kept);
            restored = true;
            make_all_notes(computed.input, turn % pdf_every == 0);
            ++outcome.told;
        } catch (Error const& error) {
            EXPECT_FALSE(restored) << "turn " << turn << ": " << error.full_text();
            ++outcome.refused;
        } catch (std::exception const& error) {
            ADD_FAILURE() << "turn " << turn << ": " << error.what();
        }
    }
    return outcome;
}

TEST(HostileValues, AreRefusedOrToldWithoutACrash) {
    // A ledger forged for what was not changed is the ledger itself.
    KeptCase kept = sound_case();
    forge_ledger(kept);
    EXPECT_EQ(casefile::to_bytes(kept), casefile::to_bytes(sound_case()));
    EXPECT_NO_THROW(make_all_notes(pipeline::restore_case(kept).input, true));
    Outcome const outcome = run_turns(0, 60, 30);
    EXPECT_GT(outcome.refused, 20);
    EXPECT_GT(outcome.told, 5);
}

TEST(SlowHostileValues, AreRefusedOrToldWithoutACrash) {
    auto const turns = static_cast<std::uint32_t>(150 * study_times());
    Outcome const outcome = run_turns(1000, turns, 10);
    std::printf("%d refused, %d told\n", outcome.refused, outcome.told);
}

} // namespace
