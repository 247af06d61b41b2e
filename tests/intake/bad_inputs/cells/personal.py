"""Personal values as they come: under pseudonyms or left out, and said."""

HEAD = "time,person,event,topic,手机号,客户姓名,备注\n"
ROWS = "".join(f"2026-03-0{day} 08:00,1380013800{day},read,a{day}@b.cn,1390013900{day},张伟,x\n" for day in range(1, 6))

INPUTS = [
    dict(name="phones as ids, addresses as topics, names beside them", content=HEAD + ROWS, veiled=["1380013800", "@b.cn", "1390013900", "张伟"], says="left out, since 2 columns seem personal: '手机号' (a phone number by its contents), '客户姓名' (a name by its name)"),
    dict(name="national ids as ids", content="time,person,event\n2026-03-01,11010519491231002X,read\n2026-03-02,440524188001010014,read\n", veiled=["11010519491231002X", "440524188001010014"], says="pseudonyms in person"),
    dict(name="a personal value where a time should be", content="time,person,event\n" + "2026-03-01,a,read\n" * 40 + "13800138000,b,read\n", veiled=["13800138000"], aside={"time can't be read": (42,)}),
]
