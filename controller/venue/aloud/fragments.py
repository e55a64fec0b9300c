"""The fragments of which a scene is read aloud, by key: each in English and in Chinese, with ``{}`` for the value.

A key of the language that is new needs a line here, and a line in ``aloud`` that says how its value reads.
"""

from collections.abc import Mapping

from devices.vocabulary import Spoken

ORDER = (
    "title",
    "for_each",
    "needs",
    "starts",
    "hours",
    "if",
    "busy",
    "per",
    "cools",
    "takes",
    "sessions",
    "loses",
    "band",
    "station",
    "else",
    "phases",
    "cues",
    "does",
    "clock",
    "ends",
    "at_most",
    "after_crash",
    "on_reload",
    "resting",
)

SENTENCES: Mapping[str, Spoken] = {
    "for_each": Spoken("for each {row} in the catalogue {catalogue}", "目录{catalogue}中的每个{row}各对应一个场景"),
    "when": Spoken("starts when {when}{for}{gap}{gives}", "当{when}{for}时启动{gap}{gives}"),
    "while": Spoken("runs as long as {while}", "只要{while}，就一直运行"),
    "all": Spoken("starts when {all}, all within {within}", "当{within}内{all}（不分先后）时启动"),
    "in_order": Spoken(
        "starts when, one behind the other, {in_order}, within {within}", "当{within}内依次出现{in_order}的情况时启动"
    ),
    "without": Spoken(
        "starts when for {for} it did not happen that {without}", "若{for}内没有出现{without}的情况，则启动"
    ),
    "at": Spoken("starts {at}{days}{late}", "{at}{days}启动{late}"),
    "hours": Spoken("may start {} only", "仅{}可启动"),
    "needs": Spoken("whoever starts it gives {}", "启动时须给出{}"),
    "by": Spoken("starts by order of {by}", "由{by}手动启动"),
    "if": Spoken("only if {}", "前提：{}"),
    "queue": Spoken(
        "while it runs, up to {queue} wait for their turn, at most {wait} each{waiting}{full}",
        "运行期间最多{queue}位排队，每位最长等{wait}{waiting}{full}",
    ),
    "parallel": Spoken("up to {} run side by side", "最多同时运行{}次"),
    "per": Spoken("each value of {} counts for itself", "按{}的每个取值分别计算"),
    "resting": Spoken("while it is out of order: {}", "停用检修期间：{}"),
    "cools": Spoken("cools {}", "结束后冷却{}"),
    "cools from start": Spoken("cools {} from its start", "自启动时起冷却{}"),
    "takes": Spoken("takes {}, whole", "整体占用{}"),
    "band": Spoken("priority: {}", "优先级：{}"),
    "ask": Spoken("ask: {}", "执行：{}"),
    "want": Spoken(
        "{target} {asks}{with}{fade}{one_by_one}{in_step}{within}{retry}{need}{or}",
        "{target}{asks}{with}{fade}{one_by_one}{in_step}{within}{retry}{need}{or}",
    ),
    "tell": Spoken("tell {device}: {command}{fields}", "向{device}发出指令：{command}{fields}"),
    "pause": Spoken("wait {}", "等待{}"),
    "wait": Spoken("wait until {until}{for}{at_most}{else}", "等到{until}{for}{at_most}{else}"),
    "timeline": Spoken(
        "follow the film on {player}{at_most}{else}: {moments}", "跟随{player}的播放进度{at_most}{else}：{moments}"
    ),
    "call": Spoken("play the scene “{}”{with}, to its end", "运行场景“{}”{with}，直到结束"),
    "stay": Spoken("stay until {until}{for}{at_most}", "保持到{until}{for}{at_most}"),
    "add": Spoken("add {} to {name}", "{name}增加{}"),
    "set": Spoken("set {name} to {}", "把{name}设为{}"),
    "topic": Spoken("{} for {topic}", "{}的{topic}"),
    "say": Spoken("say to staff: {staff}", "通知工作人员：{staff}"),
    "release": Spoken("let go over {}", "用{}淡出"),
    "ends": Spoken("ends over {}", "结束时用{}淡出"),
    "ends by steps": Spoken("at the end, {}", "结束时，{}"),
    "at_most": Spoken("lasts at most {}", "全程最长{}"),
    "station": Spoken("at {}", "地点：{}"),
    "scene else": Spoken("when time is up, on to {} unless said otherwise", "除另有说明外，超时转到{}"),
}
FRAGMENTS: Mapping[str, Spoken] = {
    "gives": Spoken(", which gives {}", "，由此得到{}"),
    "for": Spoken(" for {}", "并持续{}"),
    "gap": Spoken(" (interruptions of up to {} do not count)", "（{}以内的中断不计）"),
    "at_most": Spoken(", at most {}", "，最长{}"),
    "else": Spoken(", else {}", "，超时则{}"),
    "fade": Spoken(" over {}", "，渐变{}"),
    "one_by_one": Spoken(", one after the other, {} apart", "，逐台执行，间隔{}"),
    "in_step": Spoken(", {}", "，{}"),
    "need": Spoken(", enough if {} of them do", "，{}台照做即可"),
    "within": Spoken(", confirmed within {}", "，须在{}内确认"),
    "retry": Spoken(", retried {}", "，未确认则重试{}"),
    "or": Spoken(", or else {}", "，失败则改为{}"),
    "waiting": Spoken("; while somebody waits: {}", "；有人排队时：{}"),
    "full": Spoken("; who finds the queue full is shown: {}", "；队伍已满时：{}"),
    "days": Spoken(" on {}", "（{}）"),
    "late": Spoken(", {}", "，{}"),
    "with": Spoken(" with {}", "，内容：{}"),
}
WORDS: Mapping[str, Spoken] = {
    "busy ignore": Spoken("while it runs, another start is ignored", "运行期间再次触发不予响应"),
    "busy extend": Spoken("while it runs, another start extends its stay", "运行期间再次触发则延长停留时间"),
    "busy restart": Spoken("while it runs, another start ends it and begins anew", "运行期间再次触发则结束并重新开始"),
    "on_reload finish": Spoken("when it is changed, it goes on as far as it can", "修改后尽可能继续运行"),
    "on_reload restart": Spoken("when it is changed, it starts anew", "修改后从头开始"),
    "on_reload stop": Spoken("when it is changed, it ends", "修改后结束运行"),
    "sessions finish_their_phase": Spoken(
        "visitors' sessions there finish the phase they are in", "那里正在进行的互动做完当前阶段再结束"
    ),
    "sessions stop": Spoken("visitors' sessions there stop", "那里正在进行的互动随即结束"),
    "loses suspend": Spoken(
        "when something higher takes its hall, it is suspended and comes back",
        "展厅被更高优先级占用时暂停，让出后接着进行",
    ),
    "loses carry_on": Spoken(
        "when something higher takes its hall, it carries on beneath", "展厅被更高优先级占用时在下层照常进行"
    ),
    "loses stop": Spoken("when something higher takes its hall, it ends", "展厅被更高优先级占用时结束"),
    "band house": Spoken("house", "全馆"),
    "band ambient": Spoken("ambient", "环境"),
    "band exhibit": Spoken("exhibit", "展项"),
    "band session": Spoken("session", "互动"),
    "band tour": Spoken("tour", "导览"),
    "band staff": Spoken("staff", "工作人员"),
    "by guide": Spoken("a guide", "讲解员"),
    "by staff": Spoken("staff", "工作人员"),
    "by technician": Spoken("a technician", "技术员"),
    "until done": Spoken("all that was asked is confirmed", "各设备均已确认执行"),
    "else end": Spoken("end", "结束"),
    "after_crash stop": Spoken("after a crash it does not go on", "系统异常重启后不再继续"),
    "after_crash restart": Spoken("after a crash it starts anew", "系统异常重启后从头开始"),
    "after_crash resume": Spoken("after a crash it goes on where it was", "系统异常重启后从中断处继续"),
    "in_step true": Spoken("all at the same instant", "同时开始"),
    "in_step false": Spoken("each when it can", "各自开始"),
    "switch on": Spoken("on", "开"),
    "switch off": Spoken("off", "关"),
}
ASKED: Mapping[str, Spoken] = {  # of whom no kind is known, or whose kind has no word of its own for it
    "": Spoken("shows {}", "显示{}"),
    "level": Spoken("goes to {}", "调到{}"),
    "colour": Spoken("turns {}", "变为{}"),
    "on": Spoken("is switched on", "打开"),
    "off": Spoken("is switched off", "关闭"),
}
TYPES: Mapping[str, Spoken] = {  # of what a scene is given
    "": Spoken("the {name} (one of the catalogue {})", "{name}（目录{}中的一项）"),
    "text": Spoken("the {name} (a text)", "{name}（文字）"),
    "number": Spoken("the {name} (a number)", "{name}（数字）"),
    "word": Spoken("the {name} ({})", "{name}（{}）"),
    "clip": Spoken("the {name} (a clip)", "{name}（影片）"),
    "look": Spoken("the {name} (a look)", "{name}（灯光效果）"),
    "device": Spoken("the {name} (a device)", "{name}（设备）"),
}
FULL_STOP, BETWEEN_WANTS = Spoken("{}.", "{}。"), Spoken("; ", "；")
BETWEEN_ASKS, BETWEEN_STEPS = Spoken(" and ", "并"), Spoken("; then ", "；然后")
BETWEEN_STARTS, FIELD = Spoken("; or ", "；或"), Spoken(", {field} {}", "，{field}：{}")
MOMENT = Spoken("at {time}, {}", "到 {time}，{}")
DECIBELS = Spoken("{} dB", "{} 分贝")
GIVEN = Spoken("{name} {}", "{name}：{}")
STOPS = tuple(".!?。！？…")
