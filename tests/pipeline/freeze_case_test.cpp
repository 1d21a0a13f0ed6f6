// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/freeze_case.hpp"

#include "apps/pipeline/compute_case.hpp"
#include "apps/pipeline/keep_frozen.hpp"
#include "apps/pipeline/restore_case.hpp"
#include "core/error.hpp"
#include "report/json_note.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/timestamp_request.hpp"
#include "tests/pipeline/transfer_case.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace {

using namespace cmq;
using namespace cmq::pipeline;
using cmq::pipeline::test::two_accounts;
using cmq::pipeline::test::with;

namespace fs = std::filesystem;

/// An empty folder with a case in it.
fs::path case_in(std::string const& name, std::string const& text = two_accounts) {
    fs::path const folder = fs::path{CMQ_BINARY_DIR} / ("freeze_case_test_" + name);
    fs::remove_all(folder);
    fs::create_directories(folder);
    write_file(folder / "case.toml", std::string_view{text});
    return folder / "case.toml";
}

Frozen freeze(fs::path const& file, std::string const& day, bool again = false) {
    return freeze_case({.case_file = file,
                        .output = {},
                        .day = day,
                        .is_stated = true,
                        .again = again,
                        .nonce = {}});
}

template <class Call>
ErrorKind kind_of(Call const& call) {
    try {
        call();
    } catch (Error const& error) {
        return error.kind();
    }
    return ErrorKind::internal;
}

TEST(FreezeCase, WritesTheFileAndTheRequestBesideTheCase) {
    fs::path const file = case_in("writes");
    Frozen const frozen = freeze(file, "2026-11-20");
    EXPECT_EQ(frozen.file, file.parent_path() / "case.frozen.toml");
    EXPECT_EQ(frozen.request, file.parent_path() / "case.frozen.tsq");
    EXPECT_EQ(read_file(frozen.request), make_timestamp_request(frozen.entry.sha256));
    auto const entries = find_frozen(file);
    ASSERT_TRUE(entries.has_value());
    ASSERT_EQ(entries->size(), 1U);
    EXPECT_EQ(entries->front().on, "2026-11-20");
    EXPECT_EQ(entries->front().text, frozen.entry.text);
}

TEST(FreezeCase, HoldsTheHashOfTheRegistryAndTellsThatItWasExchanged) {
    std::string const marker = "[marker]\nlot = \"A\"\nregistry = \"lots.txt\"\n";
    fs::path const file = case_in("registry", two_accounts + marker);
    write_file(file.parent_path() / "lots.txt", std::string_view{"ACGTACGTACGT\n"});
    EXPECT_EQ(kind_of([&] { static_cast<void>(freeze(file, "2026-11-20")); }),
              ErrorKind::insufficient);
    std::string const hash = sha256_hex(read_file(file.parent_path() / "lots.txt"));
    std::string const stated = two_accounts + marker + "registry_sha256 = \"" + hash + "\"\n";
    write_file(file, std::string_view{stated});
    Frozen const frozen = freeze(file, "2026-11-20");
    EXPECT_NE(frozen.entry.text.find("marker {\"lot\":\"A\",\"registry\":\"lots.txt\","
                                     "\"registry_sha256\":\"" +
                                     hash),
              std::string::npos);
    write_file(file.parent_path() / "lots.txt", std::string_view{"ACGTACGTACGA\n"});
    EXPECT_EQ(kind_of([&] { static_cast<void>(freeze(file, "2026-11-21", true)); }),
              ErrorKind::integrity);
    std::string const other = sha256_hex(read_file(file.parent_path() / "lots.txt"));
    auto const note =
        to_note_frozen(*find_frozen(file),
                       two_accounts + marker + "registry_sha256 = \"" + other + "\"\n",
                       "case.toml");
    EXPECT_EQ(note.changed, std::vector<std::string>{"marker"});
}

TEST(FreezeCase, AddsAnEntryOnlyWhenAskedAndOnlyForWhatChanged) {
    fs::path const file = case_in("again");
    static_cast<void>(freeze(file, "2026-11-20"));
    EXPECT_EQ(kind_of([&] { static_cast<void>(freeze(file, "2026-11-21")); }), ErrorKind::usage);
    EXPECT_EQ(kind_of([&] { static_cast<void>(freeze(file, "2026-11-21", true)); }),
              ErrorKind::domain);
    auto const request = read_file(file.parent_path() / "case.frozen.tsq");
    write_file(file,
               std::string_view{with(two_accounts, "\"P2.hand\" = 0.2", "\"P2.hand\" = 0.3")});
    Frozen const second = freeze(file, "2026-11-21", true);
    EXPECT_EQ(second.number, 2U);
    EXPECT_EQ(second.request.filename(), "case.frozen.2.tsq");
    EXPECT_EQ(read_file(file.parent_path() / "case.frozen.tsq"), request);
    auto const entries = find_frozen(file);
    ASSERT_EQ(entries->size(), 2U);
    EXPECT_EQ(entries->front().on, "2026-11-20");
}

TEST(FreezeCase, NamesTheTablesThatChanged) {
    fs::path const file = case_in("changed");
    static_cast<void>(freeze(file, "2026-11-20"));
    auto const entries = *find_frozen(file);
    EXPECT_TRUE(to_note_frozen(entries, two_accounts, "case.toml").changed.empty());
    std::string const other = with(two_accounts, "\"P2.hand\" = 0.2", "\"P2.hand\" = 0.3");
    EXPECT_EQ(to_note_frozen(entries, other, "case.toml").changed,
              std::vector<std::string>{"delivery"});
}

TEST(FreezeCase, RefusesACaseThatComparesNothing) {
    fs::path const file =
        case_in("nothing", with(two_accounts, "[[comparison]]\nh1 = \"Hp\"\nh2 = \"Hd\"\n", ""));
    EXPECT_EQ(kind_of([&] { static_cast<void>(freeze(file, "2026-11-20")); }),
              ErrorKind::insufficient);
}

TEST(FreezeCase, FindsNothingWhereNothingWasFrozen) {
    EXPECT_FALSE(find_frozen(case_in("none")).has_value());
}

TEST(KeepFrozen, GivesBackWhatWasKept) {
    report::NoteFrozen const frozen{.on = "2026-11-21",
                                    .is_stated = true,
                                    .sha256 = std::string(64, 'a'),
                                    .first_on = "2026-11-20",
                                    .times = 2,
                                    .changed = {"delivery", "event"}};
    casefile::KeptCase kept;
    keep_frozen(frozen, kept);
    auto const back = restore_frozen(kept);
    ASSERT_TRUE(back.has_value());
    EXPECT_EQ(back->on, "2026-11-21");
    EXPECT_EQ(back->first_on, "2026-11-20");
    EXPECT_EQ(back->times, 2U);
    EXPECT_TRUE(back->is_stated);
    EXPECT_EQ(back->changed, frozen.changed);
    EXPECT_FALSE(restore_frozen({}).has_value());
}

TEST(KeepFrozen, RefusesWhatMeansNothing) {
    report::NoteFrozen const good{.on = "2026-11-21",
                                  .is_stated = true,
                                  .sha256 = std::string(64, 'a'),
                                  .first_on = "2026-11-20",
                                  .times = 2,
                                  .changed = {}};
    auto const refused = [](report::NoteFrozen const& frozen) {
        casefile::KeptCase kept;
        keep_frozen(frozen, kept);
        return kind_of([&] { static_cast<void>(restore_frozen(kept)); }) == ErrorKind::format;
    };
    EXPECT_FALSE(refused(good));
    report::NoteFrozen bad = good;
    bad.on = "yesterday";
    EXPECT_TRUE(refused(bad));
    bad = good;
    bad.sha256 = "abc";
    EXPECT_TRUE(refused(bad));
    bad = good;
    bad.changed = {"observation"};
    EXPECT_TRUE(refused(bad));
}

TEST(SlowFreezeCase, IsInTheLedgerAndInTheNoteThatIsMadeAgain) {
    fs::path const file = case_in("note", with(two_accounts, "draws = 4096", "draws = 64"));
    static_cast<void>(freeze(file, "2026-11-20"));
    Computed const computed = compute_case(file, {}, nullptr, {});
    ASSERT_TRUE(computed.input.frozen.has_value());
    EXPECT_NE(computed.ledger.find("freeze"), nullptr);
    auto const kept = with_ledger(computed.kept, computed.ledger);
    EXPECT_EQ(report::json_note(restore_case(kept).input), report::json_note(computed.input));
    casefile::KeptCase without = kept;
    std::erase_if(without.tables, [](auto const& table) { return table.name == "frozen"; });
    EXPECT_EQ(kind_of([&] { static_cast<void>(restore_case(without)); }), ErrorKind::integrity);
}

} // namespace
