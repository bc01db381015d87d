#include "extract/PreludeReplay.h"
#include "llvm/Support/xxhash.h"
#include "gtest/gtest.h"

using namespace bootorder;

namespace {

constexpr uint32_t None = MacroEvent::None;
using Kind = MacroEventKind;

/// A table built by hand: macros and files by number.
struct Built {
  PreludeTable Table;

  explicit Built(uint32_t Macros) {
    for (uint32_t I = 0; I != Macros; ++I)
      Table.Macros.push_back("M" + std::to_string(I));
    Table.Final.assign(Macros, None);
    Table.Inclusions.resize(2);
  }

  uint32_t meaning(uint64_t Text, uint64_t Blind, bool IsFunctionLike = false) {
    Table.Meanings.push_back({Text, Blind, IsFunctionLike});
    return Table.Meanings.size() - 1;
  }

  /// A guarded header with \p Events.
  uint32_t file(std::vector<MacroEvent> Events) {
    uint32_t File = Table.Files.size();
    PreludeInclusion Inclusion;
    Inclusion.File = File;
    Inclusion.Events = std::move(Events);
    Table.Files.push_back({"/h" + std::to_string(File), /*IsGuarded=*/true,
                           uint32_t(Table.Inclusions.size())});
    Table.Inclusions.push_back(std::move(Inclusion));
    return File;
  }
};

/// A replay of \p B in which the unit's own meanings are \p Own.
struct Replaying {
  PreludeIndex Index;
  PreludeReplay Replay;
  explicit Replaying(const Built &B, std::vector<MacroMeaning> Own = {})
      : Index(B.Table), Replay(Index, [&B, Own](uint32_t Meaning) {
          return Own[Meaning - B.Table.Meanings.size()];
        }) {
    Replay.start();
  }
  ConflictKind kind() const { return Replay.conflict().Kind; }
};

TEST(PreludeReplay, AHeaderThatReadsWhatItReadIsNoConflict) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  B.Table.Final[0] = One;
  uint32_t First = B.file({{Kind::Define, 0, One}});
  uint32_t Second = B.file({{Kind::Test, 0, One}, {Kind::Expand, 0, One}});
  Replaying R(B);
  R.Replay.request(First);
  R.Replay.request(Second);
  R.Replay.expand(0, One);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  EXPECT_TRUE(R.Replay.isRequested(Second));
}

TEST(PreludeReplay, AHeaderWithoutTheOneBeforeItIsAConflict) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  B.file({{Kind::Define, 0, One}});
  uint32_t Second = B.file({{Kind::Test, 0, One}});
  Replaying R(B);
  R.Replay.request(Second);
  EXPECT_EQ(R.kind(), ConflictKind::HeaderReadsMacro);
  EXPECT_EQ(R.Replay.conflict().text(), "another 'M0' for '/h1'");
}

TEST(PreludeReplay, ARequestReachesWhatTheHeaderIncludes) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  uint32_t Inner = B.file({{Kind::Define, 0, One}});
  // Its guard kept it out there, but a unit may come here first.
  uint32_t Outer = B.file({{Kind::Include, Inner, None}, {Kind::Test, 0, One}});
  Replaying R(B);
  R.Replay.request(Outer);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  EXPECT_TRUE(R.Replay.isRequested(Inner));
}

TEST(PreludeReplay, AnotherDefinitionOfTheUnitIsAConflict) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  uint32_t Header = B.file({{Kind::Expand, 0, One}});
  Replaying R(B, {{2, 2, false}});
  R.Replay.define(0, B.Table.Meanings.size());
  R.Replay.request(Header);
  EXPECT_EQ(R.kind(), ConflictKind::HeaderReadsMacro);
}

TEST(PreludeReplay, OtherStringsAreNoConflictForAHeader) {
  Built B(1);
  uint32_t Default = B.meaning(1, /*Blind=*/5);
  uint32_t Header =
      B.file({{Kind::DefineDefault, 0, Default}, {Kind::Expand, 0, Default}});
  Replaying R(B, {{2, /*Blind=*/5, false}});
  uint32_t Own = B.Table.Meanings.size();
  R.Replay.define(0, Own);
  R.Replay.request(Header);
  R.Replay.expand(0, Own);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  EXPECT_EQ(R.Replay.meaning(0), Own) << "the default does not replace it";
}

TEST(PreludeReplay, AMacroOfAHeaderNotAskedForIsAConflict) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  B.Table.Final[0] = One;
  B.file({{Kind::Define, 0, One}});
  Replaying Expands(B);
  Expands.Replay.expand(0, One);
  EXPECT_EQ(Expands.kind(), ConflictKind::UnitReadsMacro);
  EXPECT_EQ(Expands.Replay.conflict().Macro, 0u);
  Replaying Tests(B);
  Tests.Replay.test(0, /*IsDefined=*/true);
  EXPECT_EQ(Tests.kind(), ConflictKind::UnitReadsMacro);
}

TEST(PreludeReplay, AMacroThatALaterHeaderUndefinesIsNoticedByItsName) {
  Built B(1);
  uint32_t One = B.meaning(1, 1);
  uint32_t First = B.file({{Kind::Define, 0, One}});
  B.file({{Kind::Undefine, 0, None}});
  Replaying R(B);
  EXPECT_FALSE(R.Replay.hasLost());
  R.Replay.request(First);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  EXPECT_TRUE(R.Replay.hasLost());
  R.Replay.use(0);
  EXPECT_EQ(R.kind(), ConflictKind::UnitReadsMacro);
}

TEST(PreludeReplay, ANameThatTheUnitMadeAMacroSpoilsItsHeaders) {
  Built B(0);
  uint32_t Header = B.file({});
  uint32_t Other = B.file({});
  B.Table.PlainNames.push_back(
      {llvm::xxh3_64bits(llvm::StringRef("DEBUG")), Header});
  Replaying R(B);
  R.Replay.defineName("DEBUG");
  R.Replay.request(Other);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  R.Replay.request(Header);
  EXPECT_EQ(R.kind(), ConflictKind::NameIsMacro);
}

TEST(PreludeReplay, ANameWithoutParenthesesIsNoFunctionLikeMacro) {
  Built B(2);
  uint32_t Function = B.meaning(1, 1, /*IsFunctionLike=*/true);
  uint32_t Object = B.meaning(2, 2);
  uint32_t Defines =
      B.file({{Kind::Define, 0, Function}, {Kind::Define, 1, Object}});
  uint32_t UsesFirst = B.file({{Kind::Name, 0, None}});
  uint32_t UsesSecond = B.file({{Kind::Name, 1, None}});
  Replaying R(B);
  R.Replay.request(Defines);
  R.Replay.request(UsesFirst);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  R.Replay.request(UsesSecond);
  EXPECT_EQ(R.kind(), ConflictKind::HeaderReadsMacro);
}

/// Two functions, of which the second calls the first, whose body reads a
/// macro that the unit does not have.
struct Bodies : Built {
  uint32_t Header;
  Bodies() : Built(1) {
    uint32_t One = meaning(1, 1);
    Table.Functions = {{"callee", 11, {}}, {"caller", 12, {0}}};
    file({{Kind::Define, 0, One}});
    Header = file({{Kind::EnterBody, 0, None},
                   {Kind::Expand, 0, One},
                   {Kind::LeaveBody, 0, None}});
  }
};

TEST(PreludeReplay, ABodyThatNobodyNamesIsNoConflict) {
  Bodies B;
  Replaying R(B);
  R.Replay.request(B.Header);
  R.Replay.finish();
  EXPECT_EQ(R.kind(), ConflictKind::None);
}

TEST(PreludeReplay, ABodyThatTheUnitNamesThroughAnotherIsAConflict) {
  Bodies B;
  Replaying R(B);
  R.Replay.request(B.Header);
  R.Replay.nameFunction(1);
  R.Replay.finish();
  EXPECT_EQ(R.kind(), ConflictKind::BodyReadsMacro);
  EXPECT_EQ(R.Replay.conflict().text(),
            "another 'M0' for the body of 'callee'");
}

TEST(PreludeReplay, AConditionInABodyIsTheHeaders) {
  Bodies B;
  uint32_t Header = B.file({{Kind::EnterBody, 0, None},
                            {Kind::Test, 0, 0},
                            {Kind::LeaveBody, 0, None}});
  Replaying R(B);
  R.Replay.request(Header);
  EXPECT_EQ(R.kind(), ConflictKind::HeaderReadsMacro);
}

TEST(PreludeReplay, AfterABodyTheHeaderReadsAgain) {
  Bodies B;
  uint32_t Header = B.file({{Kind::EnterBody, 0, None},
                            {Kind::LeaveBody, 0, None},
                            {Kind::Expand, 0, 0}});
  Replaying R(B);
  R.Replay.request(Header);
  EXPECT_EQ(R.kind(), ConflictKind::HeaderReadsMacro);
}

/// Another header reads a file for the second time; the unit has that header
/// only, and would read the file for the first time.
TEST(PreludeReplay, AFileIsReadAsItsGuardHasIt) {
  Built B(2);
  uint32_t Guard = B.meaning(1, 1), Value = B.meaning(2, 2);
  B.Table.Final = {Guard, Value};
  uint32_t Twice = B.file({{Kind::Test, 0, None},
                           {Kind::Define, 0, Guard},
                           {Kind::Define, 1, Value}});
  B.Table.Files[Twice].IsGuarded = false;
  uint32_t Again = B.Table.Inclusions.size();
  PreludeInclusion Second;
  Second.File = Twice;
  Second.Events = {{Kind::Test, 0, Guard}};
  B.Table.Inclusions.push_back(Second);
  uint32_t Header = B.file({{Kind::Include, Twice, Again}});
  Replaying R(B);
  R.Replay.request(Header);
  EXPECT_EQ(R.kind(), ConflictKind::None);
  EXPECT_EQ(R.Replay.meaning(1), Value);
  EXPECT_TRUE(R.Replay.isRequested(Twice));
}

} // namespace
