// SPDX-License-Identifier: GPL-3.0-or-later

#include "render/network_layout.hpp"

#include "core/error.hpp"
#include "render/application.hpp"
#include "render/chart.hpp"
#include "render/chart_items.hpp"

#include <QGraphicsItem>
#include <QGraphicsScene>
#include <gtest/gtest.h>

#include <random>
#include <string>

namespace {

namespace report = cmq::report;
using cmq::render::NetworkLayout;
using cmq::render::pt;
using report::NetworkChart;

constexpr double width = 4710.0;

/// Networks of so many boxes as cases make them: a source, places that are reached from what was reached before, and
/// contacts of any two; four columns at most.
NetworkChart make_network(std::size_t nodes, unsigned seed) {
    std::mt19937 random{seed};
    NetworkChart network;
    auto const below = [&](std::size_t count) {
        return static_cast<std::size_t>(random()) % count;
    };
    network.nodes.push_back({.label = "tir", .layer = 0, .is_source = true});
    for (std::size_t i = 1; i < nodes; ++i) {
        std::size_t const from = below(i);
        std::size_t const layer = std::min<std::size_t>(network.nodes[from].layer + 1, 3);
        network.nodes.push_back({.label = "main droite de la personne P" + std::to_string(i) +
                                          (i % 3 == 0 ? ", côté paume, sous la manche" : ""),
                                 .layer = layer,
                                 .is_examined = i % 2 == 0,
                                 .changes = i % 4 == 0
                                                ? std::vector<std::size_t>{3, 11, 12, 14, 15, 16}
                                                : std::vector<std::size_t>{}});
        network.arrows.push_back(
            {from,
             i,
             network.steps.size() + 1,
             from == 0 ? NetworkChart::Line::delivery : NetworkChart::Line::contact,
             from != 0});
        network.steps.push_back({network.steps.size() + 1, "12:40: ce qui se passe"});
    }
    for (int i = 0; nodes > 2 && i < 8; ++i) {
        std::size_t const from = 1 + below(nodes - 1);
        std::size_t const to = 1 + below(nodes - 1);
        if (from != to) {
            network.arrows.push_back(
                {from, to, network.steps.size() + 1, NetworkChart::Line::contact, i % 2 == 0});
            network.steps.push_back({network.steps.size() + 1, "12:50: ce qui se passe ensuite"});
        }
    }
    network.keys = {{NetworkChart::Line::delivery, "dépôt de produit"},
                    {NetworkChart::Line::contact, "contact"}};
    return network;
}

NetworkLayout lay_out(NetworkChart const& network) {
    auto const columns = cmq::render::network_columns(network, width);
    return cmq::render::lay_out_network(
        network, columns, std::vector<double>(network.nodes.size(), 40.0 * pt));
}

TEST(LayOutNetwork, KeepsBoxesApartAndInside) {
    for (std::size_t nodes = 2; nodes <= 12; ++nodes) {
        for (unsigned seed = 0; seed < 20; ++seed) {
            NetworkLayout const layout = lay_out(make_network(nodes, seed));
            ASSERT_EQ(layout.boxes.size(), nodes);
            for (std::size_t i = 0; i < nodes; ++i) {
                QRectF const page{-0.5, -0.5, width + 1.0, layout.height + 1.0};
                EXPECT_TRUE(page.contains(layout.boxes[i]));
                EXPECT_GE(layout.boxes[i].height(), 40.0 * pt);
                for (std::size_t j = 0; j < i; ++j) {
                    EXPECT_FALSE(layout.boxes[i].intersects(layout.boxes[j]));
                }
            }
        }
    }
}

TEST(LayOutNetwork, LeadsNoLineThroughABoxNorThroughTheNumberOfAnother) {
    for (std::size_t nodes = 2; nodes <= 12; ++nodes) {
        for (unsigned seed = 0; seed < 10; ++seed) {
            NetworkChart const network = make_network(nodes, seed);
            NetworkLayout const layout = lay_out(network);
            for (std::size_t i = 0; i < layout.routes.size(); ++i) {
                auto const& route = layout.routes[i];
                for (int step = 0; step <= 80; ++step) {
                    QPointF const at = route.path.pointAtPercent(step / 80.0);
                    EXPECT_LE(at.x(), width + 0.5);
                    for (QRectF const& box : layout.boxes) {
                        EXPECT_FALSE(box.adjusted(1.0, 1.0, -1.0, -1.0).contains(at))
                            << nodes << " " << seed;
                    }
                    for (auto const& other : layout.routes) {
                        double const distance = QLineF{at, other.badge}.length();
                        EXPECT_GE(distance, cmq::render::network::badge / 2.0 - 1.0)
                            << nodes << " " << seed;
                    }
                }
                for (std::size_t j = 0; j < i; ++j) {
                    EXPECT_GE((QLineF{route.badge, layout.routes[j].badge}.length()),
                              cmq::render::network::badge);
                }
            }
        }
    }
}

TEST(LayOutNetwork, PointsFromOneBoxToTheOther) {
    NetworkChart network;
    network.nodes = {
        {.label = "a", .layer = 0}, {.label = "b", .layer = 1}, {.label = "c", .layer = 1}};
    network.arrows = {{0, 1, 1, NetworkChart::Line::delivery, false},
                      {1, 0, 2, NetworkChart::Line::contact, false},
                      {1, 2, 3, NetworkChart::Line::contact, true}};
    NetworkLayout const layout = lay_out(network);
    ASSERT_EQ(layout.routes[0].tips.size(), 1U);
    EXPECT_DOUBLE_EQ(layout.routes[0].tips[0].x(), layout.boxes[1].left());
    EXPECT_EQ(layout.routes[0].directions[0], 1.0);
    ASSERT_EQ(layout.routes[1].tips.size(), 1U);
    EXPECT_DOUBLE_EQ(layout.routes[1].tips[0].x(), layout.boxes[0].right());
    EXPECT_EQ(layout.routes[1].directions[0], -1.0);
    ASSERT_EQ(layout.routes[2].tips.size(),
              2U); // within a column: both at the right of their boxes
    EXPECT_DOUBLE_EQ(layout.routes[2].tips[0].x(), layout.boxes[2].right());
    EXPECT_DOUBLE_EQ(layout.routes[2].tips[1].x(), layout.boxes[1].right());
}

report::Chart make_chart(NetworkChart network) {
    report::Chart chart;
    chart.title = "Voies";
    chart.alt = "Des voies.";
    chart.content = std::move(network);
    return chart;
}

TEST(AddNetworkChart, NeverPutsWordsOverWordsOrOutside) {
    cmq::render::ensure_application();
    for (std::size_t nodes = 2; nodes <= 12; ++nodes) {
        for (unsigned seed = 0; seed < 5; ++seed) {
            auto const scene = cmq::render::make_chart_scene(
                make_chart(make_network(nodes, seed)), report::Language::french, width);
            std::vector<QRectF> boxes;
            for (auto const* item : scene->items()) {
                if (item->type() == cmq::render::word_item_type) {
                    boxes.push_back(item->sceneBoundingRect());
                }
            }
            EXPECT_GT(boxes.size(), nodes);
            QRectF const page = scene->sceneRect().adjusted(-1.0, -1.0, 1.0, 1.0);
            for (std::size_t i = 0; i < boxes.size(); ++i) {
                EXPECT_TRUE(page.contains(boxes[i])) << nodes << " " << seed;
                for (std::size_t j = 0; j < i; ++j) {
                    EXPECT_FALSE(boxes[i].intersects(boxes[j])) << nodes << " " << seed;
                }
            }
        }
    }
}

TEST(AddNetworkChart, RefusesAnArrowThatDoesNotJoinTwoBoxes) {
    cmq::render::ensure_application();
    NetworkChart network = make_network(3, 1);
    network.arrows.front().to = 3;
    try {
        (void)cmq::render::make_chart_scene(make_chart(network), report::Language::english, width);
        FAIL() << "no Error was thrown";
    } catch (cmq::Error const& error) {
        EXPECT_EQ(error.kind(), cmq::ErrorKind::shape);
    }
}

} // namespace
