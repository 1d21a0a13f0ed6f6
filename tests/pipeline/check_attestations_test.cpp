// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/check_attestations.hpp"

#include "apps/pipeline/check_folder.hpp"
#include "apps/pipeline/write_outputs.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "system/sha256.hpp"
#include "system/timestamp_request.hpp"
#include "tests/render/run_command.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <span>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using pipeline::Check;
using pipeline::CheckKind;
using pipeline::CheckReason;
using pipeline::CheckState;
using render::test::run_command;
using testing::HasSubstr;
using testing::IsEmpty;

class CheckFolder : public testing::Test {
protected:
    CheckFolder() {
        pipeline::OutputFolder folder{root / "out"};
        folder.write("note.json", std::string_view{"{}\n"});
        folder.write("case.h5", std::string_view{"no case\n"});
        folder.write_manifest();
    }

    ~CheckFolder() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    /// An authority and a signer, made once; false without the program openssl.
    [[nodiscard]] bool has_authority() const {
        return run_command("sh '" CMQ_SOURCE_DIR "/tests/system/make_authority.sh' '" +
                           (root / "ca").string() + "'")
                   .status == 0;
    }

    void answer(std::string const& name) const {
        std::string const file = (root / "out" / name).string();
        auto const ran = run_command("cd '" + (root / "ca").string() +
                                     "' && openssl ts -reply -config tsa.cnf -queryfile '" + file +
                                     ".tsq' -out '" + file + ".tsr' 2>&1");
        ASSERT_EQ(ran.status, 0) << ran.output;
    }

    void sign(std::string const& name) const {
        std::string const file = (root / "out" / name).string();
        auto const ran =
            run_command("cd '" + (root / "ca").string() +
                        "' && openssl cms -sign -binary -outform DER -signer signer.pem -inkey "
                        "signer.key -in '" +
                        file + "' -out '" + file + ".p7s' 2>&1");
        ASSERT_EQ(ran.status, 0) << ran.output;
    }

    [[nodiscard]] std::vector<Check> check(std::optional<std::string> const& ca = {}) const {
        return pipeline::check_folder(root / "out", ca);
    }

    fs::path root = fs::temp_directory_path() / ("cmq_check_folder_" + std::to_string(::getpid()));
};

Check const* find(std::vector<Check> const& checks, std::string const& subject) {
    auto const found = std::ranges::find(checks, subject, &Check::subject);
    return found == checks.end() ? nullptr : &*found;
}

TEST(AttestedFile, IsTheNameWithoutItsLastSuffix) {
    EXPECT_EQ(pipeline::attested_file("a.pdf.tsr"), "a.pdf");
    EXPECT_EQ(pipeline::attested_file("a.tsq"), "a");
    EXPECT_EQ(pipeline::attested_file("a.pdf.p7s"), "a.pdf");
    EXPECT_EQ(pipeline::attested_file(".p7s"), "");
    EXPECT_EQ(pipeline::attested_file("a.pdf"), "");
}

TEST_F(CheckFolder, TakesRequestReplyAndSignatureForNoStrangers) {
    if (!has_authority()) {
        GTEST_SKIP() << "there is no openssl program here";
    }
    auto const stamped = pipeline::stamp_file(root / "out", {});
    EXPECT_EQ(stamped.file, root / "out" / "manifest.json");
    EXPECT_EQ(stamped.request, root / "out" / "manifest.json.tsq");
    auto checks = check();
    ASSERT_NE(find(checks, "manifest.json.tsq"), nullptr);
    EXPECT_EQ(find(checks, "manifest.json.tsq")->state, CheckState::not_checked);
    EXPECT_EQ(find(checks, "manifest.json.tsq")->reason, CheckReason::no_reply);

    answer("manifest.json");
    sign("note.json");
    checks = check(read_text(root / "ca" / "ca.pem"));
    for (char const* const name : {"manifest.json.tsr", "note.json.p7s"}) {
        ASSERT_NE(find(checks, name), nullptr) << name;
        EXPECT_EQ(find(checks, name)->state, CheckState::good) << name;
        EXPECT_THAT(find(checks, name)->detail.english(), HasSubstr("a known"));
    }
    EXPECT_THAT(find(check(), "note.json.p7s")->detail.french(), HasSubstr("--ca FICHIER"));
    EXPECT_EQ(find(checks, "manifest.json.tsq"), nullptr); // answered
    EXPECT_TRUE(std::ranges::none_of(
        checks, [](Check const& each) { return each.kind == CheckKind::stranger; }));
    // Nothing is written anew where a reply lies.
    EXPECT_FALSE(pipeline::stamp_file(root / "out", {}).request.has_value());

    // Of other authorities, and of other bytes.
    checks = check(read_text(root / "ca" / "other.pem"));
    EXPECT_EQ(find(checks, "note.json.p7s")->state, CheckState::bad);
    EXPECT_EQ(find(checks, "manifest.json.tsr")->state, CheckState::bad);
    write_file(root / "out" / "note.json", std::string_view{"{} \n"});
    fs::rename(root / "out" / "manifest.json.tsr", root / "out" / "note.json.tsr");
    checks = check();
    EXPECT_EQ(find(checks, "note.json.p7s")->state, CheckState::bad);
    EXPECT_EQ(find(checks, "note.json.tsr")->state, CheckState::bad);
    EXPECT_THAT(find(checks, "note.json.tsr")->detail.english(), HasSubstr("of other bytes"));
}

TEST_F(CheckFolder, FindsARequestOfOtherBytes) {
    static_cast<void>(pipeline::stamp_file(root / "out" / "note.json", {}));
    EXPECT_EQ(find(check(), "note.json.tsq")->state, CheckState::not_checked);
    write_file(root / "out" / "note.json", std::string_view{"changed\n"});
    EXPECT_EQ(find(check(), "note.json.tsq")->state, CheckState::bad);
    write_file(root / "out" / "note.json.tsq", std::string_view{"short"});
    EXPECT_EQ(find(check(), "note.json.tsq")->state, CheckState::bad);
}

TEST_F(CheckFolder, ChecksTheTimeStampOfWhatWasFrozen) {
    report::NoteFrozen frozen;
    frozen.sha256 = sha256_hex(std::as_bytes(std::span{std::string_view{"proposition {}\n"}}));
    auto const look = [&](std::optional<std::string> const& ca = {}) {
        return pipeline::check_frozen_stamp(root / "out", "case.toml", frozen, ca);
    };
    Check const unasked = pipeline::check_frozen_stamp({}, "case.toml", frozen, {});
    EXPECT_EQ(unasked.state, CheckState::not_checked);
    EXPECT_EQ(unasked.reason, CheckReason::not_asked);
    EXPECT_EQ(look().subject, "case.frozen.tsr");
    EXPECT_EQ(look().reason, CheckReason::no_reply);
    // A request alone: of this text, then of another.
    fs::path const request = root / "out" / "case.frozen.tsq";
    write_file(request, make_timestamp_request(frozen.sha256));
    EXPECT_EQ(look().subject, "case.frozen.tsq");
    EXPECT_EQ(look().state, CheckState::not_checked);
    write_file(request, make_timestamp_request(std::string(64, '0')));
    EXPECT_EQ(look().state, CheckState::bad);
    if (!has_authority()) {
        GTEST_SKIP() << "there is no openssl program here";
    }
    write_file(request, make_timestamp_request(frozen.sha256));
    answer("case.frozen");
    Check const good = look(read_text(root / "ca" / "ca.pem"));
    EXPECT_EQ(good.kind, CheckKind::frozen_timestamp);
    EXPECT_EQ(good.state, CheckState::good);
    EXPECT_THAT(good.detail.english(), HasSubstr("a known authority"));
    EXPECT_EQ(look(read_text(root / "ca" / "other.pem")).state, CheckState::bad);
    // The report is made from another text than the one that was stamped.
    frozen.sha256 = std::string(64, '1');
    EXPECT_EQ(look().state, CheckState::bad);
    // Frozen a second time: the reply to the first is not the one that counts.
    frozen.times = 2;
    EXPECT_EQ(look().subject, "case.frozen.2.tsr");
    EXPECT_EQ(look().state, CheckState::not_checked);
}

TEST_F(CheckFolder, ReadsAuthoritiesAndNamesTheFileOfNone) {
    fs::path const path = root / "out" / "note.json";
    try {
        static_cast<void>(pipeline::read_authorities(path));
        ADD_FAILURE();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::format);
        EXPECT_THAT(error.full_text(), HasSubstr(path.string()));
    }
}

TEST_F(CheckFolder, NamesStrangersAndAttestationsOfNothing) {
    write_file(root / "out" / "extra.txt", std::string_view{"x"});
    write_file(root / "out" / "gone.pdf.tsr", std::string_view{"x"});
    auto const checks = check();
    EXPECT_EQ(find(checks, "extra.txt")->kind, CheckKind::stranger);
    EXPECT_EQ(find(checks, "gone.pdf.tsr")->kind, CheckKind::stranger);
}

TEST_F(CheckFolder, SaysOfAManifestThatIsGoneAndNothingElse) {
    fs::remove(root / "out" / "manifest.json");
    auto const checks = check();
    ASSERT_EQ(checks.size(), 1U);
    EXPECT_EQ(checks[0].reason, CheckReason::missing);
    EXPECT_THAT(pipeline::check_attestations(root / "out" / "note.json", {}), IsEmpty());
    try {
        static_cast<void>(pipeline::stamp_file(root / "out", {}));
        ADD_FAILURE();
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::io);
    }
}

} // namespace
