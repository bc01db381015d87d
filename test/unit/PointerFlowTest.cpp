//===- PointerFlowTest.cpp - constraints and their order ------------------===//

#include "solve/PointerFlow.h"
#include "gmock/gmock.h"

using namespace bootorder;
using testing::ElementsAre;
using testing::SizeIs;

namespace {

FlowValue function(uint32_t F) {
  return {FunctionId(F), CellId(), EvidenceId(F)};
}
FlowValue address(CellId C) { return {FunctionId(), C, EvidenceId()}; }

struct PointerFlowTest : testing::Test {
  PointerFlow Flow;
  std::vector<uint32_t> Found;

  void run() {
    Flow.propagate([this](uint32_t, const FlowValue &V) {
      Found.push_back(V.Function.Value);
    });
  }
};

TEST_F(PointerFlowTest, ConstraintsMayComeInAnyOrder) {
  CellId A = Flow.newCell(), B = Flow.newCell(), C = Flow.newCell();
  Flow.add(A, function(1));
  Flow.connect(A, B);
  run();
  Flow.connect(B, C);
  Flow.watch(C, 0);
  Flow.add(A, function(2));
  run();
  EXPECT_THAT(Found, ElementsAre(1, 2));
}

TEST_F(PointerFlowTest, ReportsEachFunctionOnceWithItsFirstEvidence) {
  CellId A = Flow.newCell(), B = Flow.newCell();
  Flow.connect(A, B);
  Flow.connect(B, A);
  Flow.watch(B, 0);
  Flow.add(A, function(1));
  FlowValue Again = function(1);
  Again.Evidence = EvidenceId(9);
  Flow.add(B, Again);
  run();
  EXPECT_THAT(Found, ElementsAre(1));
  EXPECT_THAT(Flow.values(A), SizeIs(1));
  EXPECT_EQ(Flow.values(A)[0].Evidence, EvidenceId(1));
}

TEST_F(PointerFlowTest, LoadsAndStoresThroughAddresses) {
  CellId Place = Flow.newCell(), Pointer = Flow.newCell();
  CellId Stored = Flow.newCell(), Loaded = Flow.newCell();
  Flow.storeThrough(Pointer, Stored);
  Flow.loadThrough(Pointer, Loaded);
  Flow.add(Stored, function(3));
  run();
  EXPECT_THAT(Flow.values(Loaded), SizeIs(0));
  Flow.add(Pointer, address(Place));
  run();
  EXPECT_THAT(Flow.values(Place), SizeIs(1));
  EXPECT_THAT(Flow.values(Loaded), SizeIs(1));
}

TEST_F(PointerFlowTest, LateWatcherHearsEverything) {
  CellId A = Flow.newCell();
  Flow.add(A, function(1));
  run();
  Flow.watch(A, 0);
  EXPECT_FALSE(Flow.isSettled());
  run();
  EXPECT_THAT(Found, ElementsAre(1));
}

} // namespace
