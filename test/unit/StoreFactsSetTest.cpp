#include "StoreSample.h"
#include "store/FactsSet.h"
#include "support/Files.h"
#include "llvm/Support/FileSystem.h"
#include "gmock/gmock.h"
#include <map>

using namespace bootorder;
using testing::HasSubstr;

namespace {

namespace fs = llvm::sys::fs;

class StoreFactsSet : public testing::Test {
protected:
  void SetUp() override {
    llvm::SmallString<64> Path;
    ASSERT_FALSE(fs::createUniqueDirectory("bootorder-set", Path));
    Folder = Path.str().str();
  }
  void TearDown() override { fs::remove_directories(Folder); }

  static TuFacts unit(std::string Source, std::string Output) {
    TuFacts Facts = sampleUnit();
    Facts.Source = Source;
    Facts.Output = Output;
    return Facts;
  }

  std::string write(std::vector<TuFacts> Units,
                    std::vector<HeaderFacts> Headers, unsigned Threads = 2) {
    return llvm::toString(writeFactsSet(Folder, Units, Headers, Threads));
  }

  /// Name and bytes of every file of the folder.
  std::map<std::string, std::string> files() {
    std::map<std::string, std::string> Out;
    std::error_code Code;
    for (fs::recursive_directory_iterator I(Folder, Code), E; I != E && !Code;
         I.increment(Code))
      if (fs::is_regular_file(I->path()))
        Out[I->path().substr(Folder.size() + 1)] =
            llvm::cantFail(readFile(I->path()));
    return Out;
  }

  std::vector<std::string> names() {
    std::vector<std::string> Out;
    for (const auto &[Name, Bytes] : files())
      Out.push_back(Name);
    return Out;
  }

  std::string readMessage() {
    llvm::Expected<FactsSet> Set = readFactsSet(Folder);
    return Set ? "no error" : llvm::toString(Set.takeError());
  }

  std::string Folder;
};

TEST_F(StoreFactsSet, ComesBackSorted) {
  EXPECT_EQ(write({unit("b.c", "b.o"), unit("a.c", "a.o")},
                  {sampleHeader(~0ull), sampleHeader(1), sampleHeader(1)}),
            "");
  llvm::Expected<FactsSet> Set = readFactsSet(Folder, 2);
  ASSERT_TRUE(bool(Set)) << llvm::toString(Set.takeError());
  ASSERT_EQ(Set->Units.size(), 2u);
  EXPECT_EQ(everyField(Set->Units[0]), everyField(unit("a.c", "a.o")));
  EXPECT_EQ(Set->Units[1].Source, "b.c");
  ASSERT_EQ(Set->Headers.size(), 2u);
  EXPECT_EQ(everyField(Set->Headers[0]), everyField(sampleHeader(1)));
  EXPECT_EQ(Set->Headers[1].Key, ~0ull);
}

TEST_F(StoreFactsSet, FilesAreNamedAfterObjects) {
  EXPECT_EQ(
      write({unit("init/main.c", "init/main.o"), unit("x.c", "../out/x.o"),
             unit("y.c", "/abs/y.o"), unit("z.c", "init/main.o")},
            {sampleHeader(0xab00000000000001)}),
      "");
  EXPECT_THAT(names(), testing::ElementsAre("headers/ab.facts", "index.json",
                                            "units/__/out/x.o.facts",
                                            "units/abs/y.o.facts",
                                            "units/init/main.o.facts",
                                            "units/init/main.o~2.facts"));
}

TEST_F(StoreFactsSet, OrderAndThreadsDoNotShow) {
  ASSERT_EQ(write({unit("a.c", "a.o"), unit("b.c", "b.o")},
                  {sampleHeader(1), sampleHeader(~0ull)}, 1),
            "");
  std::map<std::string, std::string> First = files();
  ASSERT_EQ(write({unit("b.c", "b.o"), unit("a.c", "a.o")},
                  {sampleHeader(~0ull), sampleHeader(1)}, 4),
            "");
  EXPECT_EQ(files(), First);
}

TEST_F(StoreFactsSet, OldFilesGo) {
  ASSERT_EQ(write({unit("a.c", "a.o")}, {sampleHeader(1)}), "");
  ASSERT_EQ(write({unit("b.c", "b.o")}, {}), "");
  EXPECT_THAT(names(), testing::ElementsAre("index.json", "units/b.o.facts"));
}

TEST_F(StoreFactsSet, ForeignIndexIsKept) {
  llvm::cantFail(writeFile(Folder + "/index.json", "[1]"));
  EXPECT_THAT(write({}, {}), HasSubstr("belongs to something else"));
  EXPECT_EQ(files()["index.json"], "[1]");
}

TEST_F(StoreFactsSet, MissingIndex) {
  EXPECT_THAT(readMessage(), HasSubstr("has no index.json"));
}

TEST_F(StoreFactsSet, BadIndex) {
  for (const char *Text :
       {"", "{", "[]", "{}", "{\"format\": 2}", "{\"format\": 1}",
        "{\"format\":1,\"units\":[1],\"headers\":[]}",
        "{\"format\":1,\"units\":[],\"headers\":[\"../../x\"]}",
        "{\"format\":1,\"units\":[],\"headers\":[\"/etc/x\"]}"}) {
    llvm::cantFail(writeFile(Folder + "/index.json", Text));
    EXPECT_THAT(readMessage(), HasSubstr("run 'bootorder extract' again"))
        << Text;
  }
}

TEST_F(StoreFactsSet, EveryBadFileIsNamed) {
  ASSERT_EQ(write({unit("a.c", "a.o"), unit("b.c", "b.o")}, {}), "");
  llvm::cantFail(writeFile(Folder + "/units/a.o.facts", "x"));
  fs::remove(Folder + "/units/b.o.facts");
  std::string Message = readMessage();
  EXPECT_THAT(Message, HasSubstr("units/a.o.facts' is no facts file"));
  EXPECT_THAT(Message, HasSubstr("units/b.o.facts': no such file"));
}

TEST_F(StoreFactsSet, PackInPlaceOfAUnit) {
  ASSERT_EQ(write({unit("a.c", "a.o")}, {sampleHeader(1)}), "");
  ASSERT_FALSE(
      fs::copy_file(Folder + "/headers/00.facts", Folder + "/units/a.o.facts"));
  EXPECT_THAT(readMessage(), HasSubstr("is not what the index says"));
}

} // namespace
