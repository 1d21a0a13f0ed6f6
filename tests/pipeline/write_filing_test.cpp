// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/write_filing.hpp"

#include "apps/pipeline/restore_case.hpp"
#include "casefile/kept/case_h5.hpp"
#include "core/error.hpp"
#include "system/file.hpp"
#include "tests/pipeline/small_case.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <unistd.h>

namespace {

namespace fs = std::filesystem;
using namespace cmq;
using pipeline::Computed;

/// A renderer whose files are as large as the pictures of a document and `overhead`, and that keeps the documents.
struct Recorder {
    std::vector<report::Document> documents;
    std::size_t overhead = 1000;

    [[nodiscard]] std::vector<std::byte> operator()(report::Document const& document) {
        documents.push_back(document);
        std::size_t bytes = overhead;
        for (report::Block const& block : document.blocks) {
            if (auto const* const row = std::get_if<report::PictureRow>(&block)) {
                for (report::Picture const& picture : row->pictures) {
                    bytes += picture.pixels.rgb.size();
                }
            }
        }
        return std::vector<std::byte>(bytes);
    }
};

class SlowWriteFiling : public testing::Test {
protected:
    SlowWriteFiling() { fs::create_directories(root); }

    ~SlowWriteFiling() override {
        std::error_code ignored;
        fs::remove_all(root, ignored);
    }

    [[nodiscard]] pipeline::FilingSettings settings() {
        Computed const computed = pipeline::test::small_case();
        write_file(root / "case.h5",
                   casefile::to_case_h5(pipeline::with_ledger(computed.kept, computed.ledger)));
        return {.case_h5 = root / "case.h5",
                .output = root / "filing",
                .case_reader = pipeline::test::program_of_build("contremarque-case-reader"),
                .renderer = {.pdf = [this](report::Document const& of) { return recorder(of); },
                             .png = {},
                             .svg = {},
                             .sheet = {}}};
    }

    fs::path root = fs::temp_directory_path() / ("cmq_write_filing_" + std::to_string(::getpid()));
    Recorder recorder;
};

TEST_F(SlowWriteFiling, WritesWhatIsFiledAndWhatIsSpoken) {
    auto const files = pipeline::write_filing(settings(), casefile::read_request_texts());
    std::set<std::string> names;
    for (fs::path const& file : files) {
        EXPECT_TRUE(fs::exists(file)) << file;
        names.insert(file.filename().string());
    }
    EXPECT_EQ(names,
              (std::set<std::string>{"missing.en.odt",
                                     "missing.en.pdf",
                                     "missing.fr.odt",
                                     "missing.fr.pdf",
                                     "note.en.pdf",
                                     "note.fr.pdf",
                                     "oral.en.odt",
                                     "oral.en.pdf",
                                     "oral.fr.odt",
                                     "oral.fr.pdf",
                                     "summary.en.pdf",
                                     "summary.fr.pdf"}));
    for (report::Document const& document : recorder.documents) {
        EXPECT_TRUE(document.attachments.empty()) << document.title;
    }
}

TEST_F(SlowWriteFiling, HalvesPicturesUntilTheFilesOfALanguageFit) {
    auto of = settings();
    auto const words = casefile::read_request_texts();
    auto const bytes_of = [&](fs::path const& folder) {
        std::uintmax_t bytes = 0;
        for (auto const& entry : fs::directory_iterator{folder}) {
            if (entry.path().filename().string().find(".fr.") != std::string::npos) {
                bytes += entry.file_size();
            }
        }
        return bytes;
    };
    pipeline::write_filing(of, words);
    std::uintmax_t const whole = bytes_of(of.output);
    ASSERT_GT(whole, 20000U); // the case has pictures
    of.output = root / "small";
    of.limit_bytes = static_cast<std::size_t>(whole) - 1000;
    pipeline::write_filing(of, words);
    EXPECT_LE(bytes_of(of.output), of.limit_bytes);
}

TEST_F(SlowWriteFiling, RefusesWhatStaysTooLarge) {
    auto of = settings();
    of.limit_bytes = 3000;
    try {
        pipeline::write_filing(of, casefile::read_request_texts());
        FAIL() << "no Error was thrown";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::limits);
    }
    EXPECT_FALSE(fs::exists(of.output));
}

TEST_F(SlowWriteFiling, RefusesABuildThatCannotWritePdf) {
    auto of = settings();
    of.renderer = {};
    try {
        pipeline::write_filing(of, casefile::read_request_texts());
        FAIL() << "no Error was thrown";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::unsupported);
    }
}

TEST_F(SlowWriteFiling, RefusesAFolderThatIsThere) {
    auto of = settings();
    fs::create_directories(of.output);
    of.case_h5 = root / "none.h5"; // not read yet when the folder is found
    try {
        pipeline::write_filing(of, casefile::read_request_texts());
        FAIL() << "no Error was thrown";
    } catch (Error const& error) {
        EXPECT_EQ(error.kind(), ErrorKind::usage);
    }
}

} // namespace
