// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/structure.hpp"

#include "core/error.hpp"

#include <QPainter>

#include <algorithm>
#include <utility>

namespace cmq::render {

namespace {

void draw_mark(QPainter& painter, double x) {
    if (dynamic_cast<UnmarkedPdf const*>(painter.device()) != nullptr) {
        return;
    }
    painter.fillRect(QRectF{x, mark_origin, 1.0, 1.0}, Qt::black);
}

} // namespace

std::size_t Structure::add(Role role, std::size_t parent, std::string alt) {
    CMQ_EXPECTS(parent < elements_.size());
    elements_.push_back({.role = role, .parent = parent, .alt = std::move(alt)});
    return elements_.size() - 1;
}

std::size_t Structure::add_link(std::size_t parent, std::string target, std::string words) {
    std::size_t const id = add(Role::link, parent, std::move(words));
    elements_[id].target = std::move(target);
    return id;
}

Role Structure::heading_role(int level) {
    heading_level_ = std::min(std::clamp(level, 1, 3), heading_level_ + 1);
    return heading_level_ == 1 ? Role::h2 : heading_level_ == 2 ? Role::h3 : Role::h4;
}

void Structure::place(std::size_t id, QRectF const& box) {
    CMQ_EXPECTS(id < elements_.size());
    elements_[id].page = page_;
    elements_[id].box = box;
}

Marked::Marked(QPainter& painter, std::size_t id) : painter_{painter} {
    draw_mark(painter_, mark_origin - 1.0 - static_cast<double>(id));
}

Marked::~Marked() {
    draw_mark(painter_, mark_origin);
}

} // namespace cmq::render
