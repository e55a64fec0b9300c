"""What is found wrong with hours and times of day, in Chinese, by its English sentence."""

CHINESE_OF_TIMES: dict[str, str] = {
    # nouns
    "hours": "hours",
    "clock": "clock",
    "evenings": "evenings",
    "special": "special",
    "a start by the clock": "at 启动方式",
    "a time from-to": "时段",
    "a way with what is late": "late 的写法",
    # times, days, dates
    "'{}' is not a time of day": "“{}”不是有效的时刻",
    "write it as 09:00, from 00:00 to 23:59": "写成 09:00 的形式，从 00:00 到 23:59",
    "as in 11:00, opening - 30min, sunset": "例如 11:00、opening - 30min、sunset",
    "'{}' is a day or longer": "“{}”达到或超过一天",
    "a time of day is within a day of what it hangs on": "与开馆、闭馆或日落的间隔须小于一天",
    "'{}' is not a time from-to": "“{}”不是有效的时段",
    "as in 09:00-17:00": "例如 09:00-17:00",
    "'{}' ends before it begins": "“{}”的结束早于开始",
    "24:00 is the latest end of a day; what follows belongs to the next": "一天最晚到 24:00，之后属于第二天",
    "{} is open already at that time": "{} 在这个时间已经开馆",
    "spans of a day do not overlap": "一天之内的时段不能重叠",
    "'{}' is not a day of the week": "“{}”不是星期几",
    "'{}' is not a date": "“{}”不是日期",
    "as in 2022-01-17": "例如 2022-01-17",
    "the time {} appears twice": "时刻 {} 重复出现",
    "a clock needs a time": "clock 至少要有一个时刻",
    "as in clock: {{opening: {{hall.light: warm}}}}": "例如 clock: {{opening: {{hall.light: warm}}}}",
    "a clock goes on until its scene ends: this one needs a limit": "clock 一直持续到场景结束，这个场景需要上限",
    "write at_most: 10h, or start it by while": "写 at_most: 10h，或用 while 启动",
    # the venue's hours
    "there is no zone '{}'": "没有“{}”这个时区",
    "it ends on {}, before it begins": "在 {} 结束，早于开始",
    "write a to that is after from": "to 应晚于 from",
    "{} is closed and has an evening": "{} 既闭馆又有夜场",
    "take it out of closed, or write the day under special": "请从 closed 里去掉，或把那一天写在 special 里",
    "{} is not between from and to": "{} 不在 from 和 to 之间",
    "write a day from {} to {}": "请写 {} 到 {} 之间的日期",
    "where is a latitude and a longitude": "where 应写纬度和经度",
    "as in where: [30.25, 120.17]": "例如 where: [30.25, 120.17]",
    "latitude to 90, longitude to 180 degrees": "纬度不超过 90 度，经度不超过 180 度",
    "{} means nothing without daily": "没有 daily，{} 就没有意义",
    "write daily: 09:00-17:00": "写 daily: 09:00-17:00",
    "with these hours the venue is never open": "按这样的时间，场馆永远不会开馆",
    "look at closed and special": "请检查 closed 和 special",
    "this venue never opens or closes: its hours say no daily": "这个场馆从不开馆或闭馆：hours 里没有 daily",
    "write hours: {{daily: 09:00-17:00, zone: Asia/Shanghai}} in venue.yaml": (
        "在 venue.yaml 里写 hours: {{daily: 09:00-17:00, zone: Asia/Shanghai}}"
    ),
    "write hours: {{zone: Asia/Shanghai}} in venue.yaml: it stays open all the time": (
        "在 venue.yaml 里写 hours: {{zone: Asia/Shanghai}}：场馆仍然始终开放"
    ),
    "'{}': a time of day is no condition": "“{}”：时刻不能作为条件",
    "write hours: {} in the scene, beside starts": "请在场景里与 starts 并列写 hours: {}",
    "nobody knows where the sun sets in the zone {}": "不知道时区 {} 的日落地点",
    "write where: [30.25, 120.17] in hours: latitude, longitude": "在 hours 里写 where: [30.25, 120.17]（纬度、经度）",
    "'{}' means nothing: this venue has no hours": "“{}”没有意义：这个场馆没有写 hours",
    "'{}' is not hours of a scene": "“{}”不是场景的可启动时段",
    "write open, or 09:00-17:00": "写 open，或 09:00-17:00",
    "{} is for the whole house: it takes no scene": "{} 针对全馆，不带场景",
    # times that never come
    "this time never comes: the venue is closed on these days": "这个时刻永远不会到：这些天都闭馆",
    "look at days, and at closed in the venue's hours": "请检查 days，以及场馆 hours 里的 closed",
    "at this time the scene is outside its hours, so {} can never start": (
        "这个时刻不在场景的可启动时段，{} 永远不会启动"
    ),
    "change at, or leave hours out": "请改 at，或去掉 hours",
}
