"""A quiz for one to four players at a table. The station keeps the score, the scene says what comes next."""

from pydantic import Field

from devices.contracts.session import PAGE, PLAYER_PATTERN, SPOKEN, Done, Gone
from devices.vocabulary import Body, Command, Kind, SessionBody, Spoken, StateBody

MOST_PLAYERS = 4
_PLAYER = "who, under a name that says nothing of the person, such as panda-7"
_PLAYERS = "how many play"
_SCORE = "points of the best player so far"


class Joined(SessionBody):
    """Somebody joins the game; the first one begins the session."""

    player: str | None = Field(default=None, pattern=PLAYER_PATTERN, description=_PLAYER)
    players: int | None = Field(default=None, ge=1, le=MOST_PLAYERS, description=_PLAYERS)


class Right(SessionBody):
    """The question was answered, and rightly."""

    player: str | None = Field(default=None, pattern=PLAYER_PATTERN, description=_PLAYER)
    score: int | None = Field(default=None, ge=0, le=1_000_000, description=_SCORE)


class Wrong(SessionBody):
    """The question was answered wrongly, or by nobody."""

    player: str | None = Field(default=None, pattern=PLAYER_PATTERN, description=_PLAYER)
    score: int | None = Field(default=None, ge=0, le=1_000_000, description=_SCORE)


class More(SessionBody):
    """The answer was shown, and there is another question."""


class Over(SessionBody):
    """The answer was shown, and it was the last question."""

    score: int | None = Field(default=None, ge=0, le=1_000_000, description=_SCORE)


class QuizState(StateBody):
    """How the game stands, and what the players see."""

    score: int | None = Field(default=None, ge=0, le=1_000_000, description=_SCORE)
    players: int | None = Field(default=None, ge=0, le=MOST_PLAYERS, description=_PLAYERS)
    page: str | None = Field(default=None, description="the page that the players see; null when it invites")


class Begin(Body):
    """Begin the game that was joined, for all players at the same instant."""

    at: float | None = Field(default=None, ge=0, description="when: epoch seconds; absent or null: at once")


KIND = Kind(
    name="quiz",
    title="quiz table",
    title_zh="知识竞答台",
    plural="quizzes",
    station=True,
    events={
        "joined": Joined,
        "right": Right,
        "wrong": Wrong,
        "more": More,
        "over": Over,
        "done": Done,
        "gone": Gone,
    },
    state=QuizState,
    properties=(PAGE,),
    commands=(Command("begin", Begin),),
    spoken={
        **SPOKEN,
        "joined": Spoken("is joined by a player", "有玩家加入"),
        "right": Spoken("has a right answer", "答对"),
        "wrong": Spoken("has a wrong answer", "答错"),
        "more": Spoken("has another question", "还有下一题"),
        "over": Spoken("has had its last question", "题目全部答完"),
        "gone": Spoken("has no player any more", "的玩家已离开"),
        "score": Spoken("score", "得分"),
        "players": Spoken("number of players", "玩家人数"),
        "begin": Spoken("begin the game", "开始游戏"),
        "begin.at": Spoken(" at {}", "，开始时间{}"),
    },
    examples={
        "session/joined": {"session": "q5d8-31c2", "seq": 1, "player": "panda-7", "players": 1},
        "session/done": {"session": "q5d8-31c2", "seq": 2},
        "session/right": {"session": "q5d8-31c2", "seq": 3, "player": "panda-7", "score": 100},
        "session/more": {"session": "q5d8-31c2", "seq": 4},
        "session/wrong": {"session": "q5d8-31c2", "seq": 5, "player": "panda-7", "score": 100},
        "session/over": {"session": "q5d8-31c2", "seq": 6, "score": 100},
        "session/gone": {"session": "q5d8-31c2", "seq": 7, "reason": "finished"},
        "state": {"score": 100, "players": 1, "page": "question"},
        "do/begin": {"at": 1642384803.0},
    },
    visit=(
        ("says", "joined"),
        ("is shown", "countdown"),
        ("says", "done"),
        ("is shown", "question"),
        ("says", "right"),
        ("is shown", "right"),
        ("says", "more"),
        ("is shown", "question"),
        ("says", "wrong"),
        ("is shown", "wrong"),
        ("says", "over"),
        ("is shown", "result"),
        ("says", "done"),
        ("is shown", "goodbye"),
        ("says", "gone"),
    ),
)
