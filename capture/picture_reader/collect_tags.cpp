// SPDX-License-Identifier: GPL-3.0-or-later

#include "capture/picture_reader/collect_tags.hpp"

#include <exiv2/exiv2.hpp>

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <string>
#include <vector>

namespace cmq::capture {
namespace {

// Gathers records until a limit is reached, counting what is left out.
class Records {
public:
    void add(std::string const& key, std::string const& value, std::size_t whole_bytes) {
        std::size_t const length = std::min(value.size(), longest_tag_value);
        std::size_t const size = sizeof(TagRecord) + key.size() + length;
        if (count_ == most_tags || key.size() > longest_tag_key ||
            bytes_.size() + size > most_tag_bytes) {
            ++left_out_;
            return;
        }
        TagRecord const record{.key_bytes = static_cast<std::uint16_t>(key.size()),
                               .value_bytes = static_cast<std::uint16_t>(length),
                               .whole_bytes = static_cast<std::uint32_t>(
                                   std::min<std::size_t>(whole_bytes, 0xffffffffU))};
        auto const* const head = reinterpret_cast<char const*>(&record);
        bytes_.insert(bytes_.end(), head, head + sizeof(record));
        bytes_.insert(bytes_.end(), key.begin(), key.end());
        bytes_.insert(
            bytes_.end(), value.begin(), value.begin() + static_cast<std::ptrdiff_t>(length));
        ++count_;
    }

    void write(TagAnswer& answer) const {
        answer.tags = static_cast<std::uint32_t>(count_);
        answer.record_bytes = static_cast<std::uint32_t>(bytes_.size());
        answer.left_out = static_cast<std::uint32_t>(left_out_);
        put(tag_records_offset, bytes_.data(), bytes_.size());
        put_answer(answer);
    }

private:
    std::vector<char> bytes_;
    std::size_t count_ = 0;
    std::size_t left_out_ = 0;
};

// Values as numbers and text, never as Exiv2 would explain them; long ones are blocks of data of no use here.
template <class Datum>
void add_datum(Datum const& datum, Records& records) {
    auto const size = static_cast<std::size_t>(std::max<long>(datum.size(), 0));
    bool const is_short = size <= 4 * longest_tag_value;
    records.add(datum.key(), is_short ? datum.toString() : std::string{}, size);
}

void write_tags(Exiv2::Image& image, TagAnswer& answer) {
    Records records;
    for (auto const& datum : image.exifData()) {
        add_datum(datum, records);
        if (Exiv2::ExifTags::isMakerGroup(datum.groupName())) {
            ++answer.maker_notes;
        }
    }
    for (auto const& datum : image.xmpData()) {
        add_datum(datum, records);
    }
    for (auto const& datum : image.iptcData()) {
        add_datum(datum, records);
    }
    std::string const version = Exiv2::version();
    std::copy_n(version.begin(),
                std::min(version.size(), answer.exiv2_version.size() - 1),
                answer.exiv2_version.begin());
    answer.status = ReaderStatus::done;
    records.write(answer);
}

// The JPEG stream of a preview, which in DNG files stands in a strip of a TIFF; nothing where there is none.
Bytes jpeg_of(Exiv2::PreviewImage const& preview) {
    static constexpr std::array<unsigned char, 3> start{0xff, 0xd8, 0xff};
    Bytes const all{preview.pData(), preview.size()};
    auto const found = std::search(all.begin(), all.end(), start.begin(), start.end());
    return all.subspan(static_cast<std::size_t>(found - all.begin()));
}

void write_preview(Exiv2::Image& image, ReaderLimits limits, TagAnswer& answer) {
    Exiv2::PreviewManager const manager{image};
    auto previews = manager.getPreviewProperties(); // in the order of their size
    std::reverse(previews.begin(), previews.end());
    answer.previews = static_cast<std::uint32_t>(previews.size());
    for (auto const& properties : previews) {
        auto const preview = manager.getPreviewImage(properties);
        if (Bytes const jpeg = jpeg_of(preview); !jpeg.empty()) {
            answer.preview = PreviewState::unreadable; // until it is read
            put_answer(answer);
            measure_preview(jpeg, limits, answer);
            put_answer(answer);
            return;
        }
        answer.preview = PreviewState::other_kind;
    }
    put_answer(answer);
}

} // namespace

void prepare_exiv2() {
    Exiv2::LogMsg::setLevel(Exiv2::LogMsg::mute);
    static_cast<void>(Exiv2::enableBMFF(true)); // CR3
    static_cast<void>(Exiv2::XmpParser::initialize());
}

void collect_tags(Bytes file, ReaderLimits limits, TagAnswer& answer) noexcept {
    try {
        auto const image = Exiv2::ImageFactory::open(file.data(), static_cast<long>(file.size()));
        if (image.get() == nullptr) {
            answer.status = ReaderStatus::not_known;
            put_answer(answer);
            return;
        }
        image->readMetadata();
        write_tags(*image, answer);
        write_preview(*image, limits, answer);
    } catch (std::bad_alloc const&) {
        answer.status =
            answer.status == ReaderStatus::done ? ReaderStatus::done : ReaderStatus::out_of_memory;
        put_answer(answer);
    } catch (Exiv2::AnyError const& error) {
        bool const unknown = error.code() == Exiv2::kerFileContainsUnknownImageType ||
                             error.code() == Exiv2::kerMemoryContainsUnknownImageType;
        if (answer.status != ReaderStatus::done) {
            answer.status = unknown ? ReaderStatus::not_known : ReaderStatus::damaged;
        }
        put_answer(answer);
    } catch (...) {
        if (answer.status != ReaderStatus::done) {
            answer.status = ReaderStatus::damaged;
        }
        put_answer(answer);
    }
}

} // namespace cmq::capture
