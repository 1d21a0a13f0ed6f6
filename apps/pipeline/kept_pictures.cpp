// SPDX-License-Identifier: GPL-3.0-or-later

#include "apps/pipeline/kept_pictures.hpp"

#include "system/sha256.hpp"

#include <map>
#include <memory>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace cmq::pipeline {
namespace {

class KeyMaker {
public:
    template <class Number>
    void number(Number value) {
        static_assert(std::is_arithmetic_v<Number>);
        hash_.add(std::as_bytes(std::span{&value, 1}));
    }

    void text(std::string const& text) {
        number(text.size());
        hash_.add(std::as_bytes(std::span{text}));
    }

    [[nodiscard]] std::string take() { return hash_.hex(); }

    void bytes(std::span<std::uint8_t const> bytes) { hash_.add(std::as_bytes(bytes)); }

private:
    Sha256 hash_;
};

std::string key_of(report::Picture const& picture) {
    KeyMaker key;
    key.number(picture.pixels.width);
    key.number(picture.pixels.height);
    key.number(picture.pixels.rgb.size());
    key.bytes(picture.pixels.rgb);
    key.number(picture.marks.size());
    for (report::Mark const& mark : picture.marks) {
        key.number(mark.x);
        key.number(mark.y);
        key.number(mark.radius);
        key.number(mark.ring);
        key.text(mark.label);
    }
    key.number(picture.scale_bar.has_value());
    if (picture.scale_bar) {
        key.number(picture.scale_bar->length_pixels);
        key.text(picture.scale_bar->label);
    }
    return key.take();
}

struct Kept {
    std::vector<std::byte> png;
    std::size_t uses = 0;
};

} // namespace

report::Renderer with_kept_pictures(report::Renderer renderer, std::size_t uses) {
    if (!renderer.png || uses < 2) {
        return renderer;
    }
    auto const kept = std::make_shared<std::map<std::string, Kept>>();
    renderer.png = [kept, uses, png = std::move(renderer.png)](report::Picture const& picture) {
        std::string const key = key_of(picture);
        auto const [entry, is_new] = kept->try_emplace(key);
        if (is_new) {
            try {
                entry->second.png = png(picture);
            } catch (...) {
                kept->erase(entry);
                throw;
            }
        }
        if (++entry->second.uses < uses) {
            return entry->second.png;
        }
        auto last = std::move(entry->second.png);
        kept->erase(entry);
        return last;
    };
    return renderer;
}

} // namespace cmq::pipeline
